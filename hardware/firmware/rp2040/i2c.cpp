#include "i2c.h"

#include "../core/output.h"
#include "registers.h"

// A transfer begins at the start of a servo frame, to the moment, so that as much time lies between any two: it must not
// be less than a period of the chip. The FIFO holds 16 bytes, 1.4 ms; when it runs dry the block holds the clock low and
// waits. Whatever goes wrong, the block is reset: it has states that it leaves in no other way.

using namespace rp2040;

namespace i2c {
namespace {

constexpr uint32_t kData = 20, kClock = 21, kEnable = 22;  // pins
constexpr uint32_t kBlock = 1 << 3;  // in RESETS
constexpr uint32_t kStop = 1 << 9, kRestart = 1 << 10, kRead = 1 << 8;
constexpr uint32_t kAborted = 1 << 6, kStopped = 1 << 9;  // interrupts, not enabled
constexpr uint32_t kFull = 16;
constexpr uint8_t kTail = 2;         // after the bytes: register 0, and what is read from it
constexpr uint32_t kHalfUs = 5;      // of a clock by hand

bool waiting;       // for its time
bool under_way;
uint32_t begins;    // board us
uint8_t size, fed;  // bytes of the transfer, of which so many are in the FIFO

void set_up() {
  reg(kResets + kSet) = kBlock;
  reg(kResets + kClear) = kBlock;
  while (!(reg(kResets + 8) & kBlock)) {
  }
  reg(kI2c + 0x6c) = 0;
  reg(kI2c + 0x00) = 1 << 6 | 1 << 5 | 1 << 1 | 1;  // master, standard speed, may restart
  reg(kI2c + 0x04) = board::kChip;
  reg(kI2c + 0x14) = 104;  // of 24 MHz; and 14 more of the filter: high for 4.9 us
  reg(kI2c + 0x18) = 121;  // and one more: low for 5.1 us
  reg(kI2c + 0x7c) = 8;    // data is held for 330 ns after the clock fell
  reg(kI2c + 0x6c) = 1;
}

void wait_half() {
  for (const uint32_t since = board::micros(); board::micros() - since < kHalfUs;) {
  }
}

}  // namespace

void start() {
  use(kEnable, kFunctionSio);
  enable(false);
  make_output(kEnable);
}

void open() {
  enable(false);
  for (uint32_t pin = kData; pin <= kClock; ++pin) {
    reg(kPads + 4 + 4 * pin) = 1 << 6 | 1 << 3 | 1 << 1;  // input, pull-up, Schmitt trigger
    use(pin, kFunctionI2c);
  }
  set_up();
}

void close() {
  enable(false);
  waiting = under_way = false;
  reg(kI2c + 0x6c) = 0;
}

void begin(uint8_t bytes) {
  size = bytes;
  fed = 0;
  waiting = true;
}

void at(uint32_t time) { begins = time; }

bool busy() { return waiting || (under_way && fed < size + kTail); }

void work(uint32_t now) {
  if (waiting && static_cast<int32_t>(now - begins) >= 0) {
    waiting = false;
    under_way = true;
  }
  if (!under_way || reg(kI2c + 0x34) & kAborted) return;
  while (fed < size + kTail && reg(kI2c + 0x74) < kFull) {
    if (fed < size) {
      reg(kI2c + 0x10) = bowlby::output::byte(fed);
    } else {
      reg(kI2c + 0x10) = kRestart | (fed == size ? 0 : kRead | kStop);
    }
    ++fed;
  }
}

board::Bus end(uint8_t& read) {
  const bool done = under_way && fed == size + kTail && reg(kI2c + 0x34) & kStopped && !(reg(kI2c + 0x34) & kAborted) &&
                    reg(kI2c + 0x78);
  waiting = under_way = false;
  if (done) {
    read = static_cast<uint8_t>(reg(kI2c + 0x10));
    [[maybe_unused]] const uint32_t told = reg(kI2c + 0x40);  // reading it clears what was told
    return board::Bus::Done;
  }
  const bool held = !level(kData) || !level(kClock);  // the FIFO never runs dry for as long as this
  set_up();
  return held ? board::Bus::Held : board::Bus::Refused;
}

void pulse_clock() {
  use(kClock, kFunctionSio);
  drive(kClock, false);
  make_output(kClock);
  wait_half();
  make_input(kClock);  // and the pull-up raises it
  wait_half();
  use(kClock, kFunctionI2c);
}

void enable(bool on) { drive(kEnable, !on); }

}  // namespace i2c

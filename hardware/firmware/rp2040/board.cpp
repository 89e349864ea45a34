// RP2040 (Raspberry Pi Pico): the board calls and the main loop. It compiles; it was never run on silicon.
//
// Servos on GP2..GP9 by the PWM hardware, which takes a new width at the end of a period, so that no code is timed.
// SK9822 lights on SPI0 (GP18 clock, GP19 data), line on UART0 (GP0, GP1), pads GP10 and GP11, mute switch GP12,
// mute light GP13, supply on GP26. The processor runs at the crystal's 12 MHz: 500,000 baud and the servo frame are
// exact, and it is fast enough. The image is loaded into RAM (UF2 or SWD), so it needs no second-stage boot loader.
#include "../core/board.h"

#include "../core/core.h"
#include "registers.h"

using namespace rp2040;

namespace {

constexpr uint32_t kFirstServo = 2, kPadHead = 10, kPadBack = 11, kMuteSwitch = 12, kMuteLight = 13, kSupply = 26;
constexpr uint32_t kTop = 60000;     // of 3 MHz: 20 ms
constexpr uint32_t kEarlyUs = 1200;  // before a frame its pulses are computed

uint16_t lost, millivolts;
bowlby::Reset cause;
uint8_t waiting[256], waiting_head, waiting_tail;  // received
uint8_t leaving[256], leaving_head, leaving_tail;  // to send

// Both ways; called often enough that the FIFOs (32 bytes, 640 us) suffice.
void pump() {
  while (!(reg(kUart + 0x18) & 1 << 4)) {
    const uint32_t data = reg(kUart);
    if (data & 1 << 11) ++lost;
    const uint8_t next = static_cast<uint8_t>(waiting_head + 1);
    if (next == waiting_tail) {
      ++lost;
    } else {
      waiting[waiting_head] = static_cast<uint8_t>(data);
      waiting_head = next;
    }
  }
  while (leaving_head != leaving_tail && !(reg(kUart + 0x18) & 1 << 5)) reg(kUart) = leaving[leaving_tail++];
}

void start_clocks() {
  reg(kXosc + 0x0c) = 47;
  reg(kXosc) = 0xfab000 | 0xaa0;
  while (!(reg(kXosc + 4) >> 31)) {
  }
  reg(kClocks + 0x30) = 2;                // reference: crystal
  reg(kClocks + 0x3c) = 0;                // system: reference
  reg(kClocks + 0x48) = 1 << 11;          // peripherals: system
  reg(kClocks + 0x60) = 1 << 11 | 3 << 5; // ADC: crystal
  reg(kWatchdog + 0x2c) = 1 << 9 | 12;    // a tick a microsecond, for the timer too
  constexpr uint32_t kWanted = 1 << 0 | 1 << 5 | 1 << 8 | 1 << 14 | 1 << 16 | 1 << 21 | 1 << 22;
  reg(kResets + kClear) = kWanted;
  while ((reg(kResets + 8) & kWanted) != kWanted) {
  }
}

void start_line() {
  use(0, kFunctionUart);
  use(1, kFunctionUart);
  reg(kUart + 0x24) = 1;  // 12 MHz / 16 / 1.5 = 500,000
  reg(kUart + 0x28) = 32;
  reg(kUart + 0x2c) = 0x70;
  reg(kUart + 0x30) = 0x301;
}

void start_servos() {
  for (uint32_t i = 0; i < bowlby::kChannels; ++i) use(kFirstServo + i, kFunctionPwm);
  for (uint32_t slice = 1; slice <= 4; ++slice) {
    reg(kPwm + 20 * slice + 4) = 4 << 4;
    reg(kPwm + 20 * slice + 12) = 0;
    reg(kPwm + 20 * slice + 16) = kTop - 1;
  }
  reg(kPwm + 0xa0) = 0x1e;  // all in step
}

void start_lights() {
  use(18, kFunctionSpi);
  use(19, kFunctionSpi);
  reg(kSpi + 0x10) = 2;
  reg(kSpi) = 7;
  reg(kSpi + 4) = 2;
}

void start_inputs() {
  for (uint32_t pin = kPadHead; pin <= kMuteLight; ++pin) use(pin, kFunctionSio);
  pull_up(kMuteSwitch);
  make_output(kMuteLight);
  reg(kPads + 4 + 4 * kSupply) = 1 << 7;  // no digital input, no pull
  reg(kAdc) = 1;
  while (!(reg(kAdc) & 1 << 8)) {
  }
}

void measure_supply() {
  // 10 kohm over 10 kohm against 3.3 V, 12 bits
  if (reg(kAdc) & 1 << 8) millivolts = static_cast<uint16_t>(reg(kAdc + 4) * 6600 / 4096);
  reg(kAdc) = 1 | 1 << 2;
}

void put(uint8_t byte) {
  while (!(reg(kSpi + 0x0c) & 2)) pump();
  reg(kSpi + 8) = byte;
}

void draw() {
  for (int i = 0; i < 4; ++i) put(0);
  for (uint8_t i = 0; i < bowlby::kLights; ++i) {
    const bowlby::Rgb c = bowlby::light(i);
    put(0xff);
    put(c.blue);
    put(c.green);
    put(c.red);
  }
  for (int i = 0; i < 4 + bowlby::kLights / 16 + 1; ++i) put(0);
}

}  // namespace

namespace board {

const char kName[9] = "rp2040\0\0";

uint32_t micros() { return reg(kTimer + 0x28); }
uint8_t room() { return static_cast<uint8_t>(leaving_tail - leaving_head - 1); }
void send(uint8_t byte) { leaving[leaving_head++] = byte; }

void pulse(uint8_t channel, uint16_t width) {
  const uint32_t at = kPwm + 20 * (channel / 2 + 1) + 12;
  const uint32_t shift = channel % 2 * 16, count = width * 3u / 16;
  reg(at) = (reg(at) & ~(0xffffu << shift)) | count << shift;
}

Inputs inputs() {
  measure_supply();
  const bool muted = !level(kMuteSwitch);
  drive(kMuteLight, muted);
  return Inputs{millivolts, static_cast<uint8_t>(level(kPadHead) | level(kPadBack) << 1), muted};
}

bowlby::Reset reset() { return cause; }
uint16_t overruns() { return lost; }
uint16_t skipped() { return 0; }
uint16_t spare() { return 0xffff; }
uint8_t load() { return 0; }

}  // namespace board

extern "C" [[noreturn]] void run() {
  // The chip does not tell a brown-out from power coming on: both are its power-on reset.
  cause = reg(kWatchdog + 8) & 1       ? bowlby::Reset::Watchdog
          : reg(kChip + 8) & 1u << 16  ? bowlby::Reset::Pin
                                       : bowlby::Reset::Power;
  start_clocks();
  start_line();
  start_lights();
  start_inputs();
  bowlby::start();
  start_servos();
  uint32_t next = board::micros() + bowlby::kFrameUs;
  reg(kWatchdog + 4) = 500'000;  // counts twice a microsecond: 250 ms
  reg(kWatchdog) = 1u << 30;
  bool drawn = true;
  for (;;) {
    pump();
    if (static_cast<int32_t>(board::micros() - (next - kEarlyUs)) >= 0) {
      bowlby::begin_frame(next);
      for (uint8_t i = 0; i < bowlby::kChannels; ++i) bowlby::step(i);
      pump();
      while (bowlby::report()) pump();
      next += bowlby::kFrameUs;
      reg(kWatchdog + 4) = 500'000;
      bowlby::animate();
      drawn = false;
    } else if (bowlby::work()) {
    } else if (waiting_tail != waiting_head) {
      bowlby::receive(waiting[waiting_tail++]);
    } else if (!drawn && !bowlby::paint()) {
      draw();
      drawn = true;
    }
  }
}

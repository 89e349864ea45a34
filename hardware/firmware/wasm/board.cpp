// The board of the simulator: memory that the host reads and writes, and one call a servo frame.
#include "../core/board.h"

#include "../core/core.h"
#include "../core/output.h"

namespace {

constexpr uint16_t kRoom = 1024;
constexpr uint8_t kServos = 8;

// Shared with sim/board/firmware.py, which finds it by shared(): keep both in step.
struct Shared {
  uint8_t to_board[kRoom];
  uint8_t to_host[kRoom];
  uint16_t pulses[kServos];  // 1/16 us, 0: none
  uint16_t millivolts;
  uint16_t overruns;
  uint8_t pads;
  uint8_t muted;
  uint8_t reset;
  uint8_t answer;   // of the bus to the transfer before, a board::Bus
  uint8_t mode;     // and what it read
  uint8_t enabled;  // outputs of the PCA9685
  uint8_t size;     // bytes that go to it, 0: none
  uint8_t bytes[1 + 4 * bowlby::kChannels];
  uint8_t lights[bowlby::kLights][3];
};
Shared memory;
uint32_t clock_us;
uint16_t sent;

}  // namespace

namespace board {

const char kName[9] = "wasm\0\0\0\0";
const uint8_t kPins = kServos;

uint32_t micros() { return clock_us; }
uint8_t room() { return sent + 255 <= kRoom ? 255 : static_cast<uint8_t>(kRoom - sent); }
void send(uint8_t byte) { memory.to_host[sent++] = byte; }
bool behind() { return false; }
void pulse(uint8_t channel, uint16_t width) {
  if (channel < kServos) memory.pulses[channel] = width;
}
Inputs inputs() { return Inputs{memory.millivolts, memory.pads, memory.muted != 0}; }
bowlby::Reset reset() { return static_cast<bowlby::Reset>(memory.reset); }
uint16_t overruns() { return memory.overruns; }
uint16_t skipped() { return 0; }
uint16_t spare() { return 0xffff; }
uint8_t load() { return 0; }

void open_bus() { memory.enabled = false; }
void close_bus() { memory.enabled = false; }
void transfer(uint8_t size) {
  memory.size = size;
  for (uint8_t i = 0; i < size; ++i) memory.bytes[i] = bowlby::output::byte(i);
}
Bus transferred(uint8_t& read) {
  read = memory.mode;
  return static_cast<Bus>(memory.answer);
}
void clear_bus() {}
void enable(bool on) { memory.enabled = on; }

}  // namespace board

extern "C" {

__attribute__((export_name("shared"))) Shared* shared() { return &memory; }

__attribute__((export_name("start"))) void start() { bowlby::start(); }

// Bytes that arrive at `now`; then, unless `frame_start` is `now`, the servo frame that begins there.
// Gives the number of bytes for the host.
__attribute__((export_name("tick"))) uint32_t tick(uint32_t bytes, uint32_t now, uint32_t frame_start) {
  sent = 0;
  memory.size = 0;
  clock_us = now;
  for (uint32_t i = 0; i < bytes; ++i) {
    bowlby::receive(memory.to_board[i]);
    while (bowlby::work()) {
    }
  }
  if (frame_start != now) {
    bowlby::animate();
    clock_us = frame_start;
    bowlby::begin_frame(frame_start);
    for (uint8_t i = 0; i < bowlby::kChannels; ++i) bowlby::step(i);
    while (bowlby::report()) {
    }
  }
  return sent;
}

__attribute__((export_name("draw"))) void draw() {
  while (bowlby::paint()) {  // of the last frame: here, since nearly all frames are looked at by nobody
  }
  for (uint8_t i = 0; i < bowlby::kLights; ++i) {
    const bowlby::Rgb c = bowlby::light(i);
    memory.lights[i][0] = c.red;
    memory.lights[i][1] = c.green;
    memory.lights[i][2] = c.blue;
  }
}
}

// The core on the host, fed by libFuzzer. `make fuzz` runs it for a minute; the bytes of an input are
//
//   0x00..0xef n   a whole frame with a good checksum, made of the next n % 90 bytes: reaches past the CRC
//   0xf0..0xf6     1 to 7 raw bytes, as noise brings them
//   0xf7 n         from now on the bus to the PCA9685 does as n % 4 says: a Bus, or the chip has forgotten all
//   0xf8..0xff     1 to 64 servo frames pass; the supply may sag, a hand may touch
//
// After every servo frame the limits that the board acknowledged must hold, for position, speed and acceleration.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "../core/core.h"
#include "../core/output.h"
#include "../core/servo.h"

namespace {

uint32_t now_us;
board::Inputs pins{5000, 0, false};

struct Channel {
  int32_t width, step;
  bool known;
};
Channel channels[bowlby::kChannels];

// What the board has accepted, learnt by listening to its answers.
struct Limit {
  int32_t lower, upper, speed, acceleration;
  bool set;
};
Limit limits[bowlby::kChannels];
uint16_t widths[bowlby::kChannels];

// The PCA9685: what was written last, and its bus.
constexpr uint16_t kOff = 0x1000, kLongest = 760;  // counts of 2500 us by the fastest oscillator
constexpr int32_t kCount = 16000 * 101;            // of 1/16 us times kHz
uint8_t mode;
bool enabled, on_chip;
constexpr uint8_t kForgotten = 3;  // what the bus does, beside a Bus
uint8_t doing, did;                // now, and with the transfer under way
uint16_t oscillator;               // kHz, in all of an input
constexpr uint8_t kServos = 8;     // at pins
uint16_t at_pins[kServos];

void fail(const char* why, int channel) {
  fprintf(stderr, "%s on channel %d\n", why, channel);
  abort();
}

// The pulses of this servo frame. A chip that was not told gives the old ones again.
void check() {
  const int32_t count = on_chip ? kCount / oscillator + 1 : 0;
  if (on_chip && enabled && did != static_cast<uint8_t>(board::Bus::Done)) return;
  for (int i = 0; i < bowlby::kChannels; ++i) {
    Channel& c = channels[i];
    const int32_t width = !on_chip ? (i < kServos ? at_pins[i] : 0) : enabled ? widths[i] : 0;
    if (!width) {
      c.known = false;
      continue;
    }
    if (!limits[i].set) fail("a pulse without limits", i);
    if (width < limits[i].lower - count || width > limits[i].upper + count) fail("a pulse outside its limits", i);
    if (c.known) {
      const int32_t step = width - c.width;
      // a unit of rounding at each end of a step
      if (abs(step) > limits[i].speed * 16 / 50 + 2 + count) fail("faster than the limit", i);
      if (abs(step - c.step) > limits[i].acceleration * 16 / 2500 + 4 + 2 * count) fail("harder than the limit", i);
      c.step = step;
    } else {
      c.step = 0;
    }
    c.width = width;
    c.known = true;
  }
}

uint16_t crc_of(const uint8_t* bytes, int size) {
  uint16_t crc = 0xffff;
  for (int i = 0; i < size; ++i) {
    crc = static_cast<uint16_t>(crc ^ bytes[i] << 8);
    for (int bit = 0; bit < 8; ++bit) crc = static_cast<uint16_t>(crc & 0x8000 ? crc << 1 ^ 0x1021 : crc << 1);
  }
  return crc;
}

void feed(uint8_t byte) {
  bowlby::receive(byte);
  while (bowlby::work()) {
  }
}

void feed_frame(uint8_t* raw, int size) {
  const uint16_t crc = crc_of(raw, size);
  raw[size++] = static_cast<uint8_t>(crc >> 8);
  raw[size++] = static_cast<uint8_t>(crc);
  feed(0);
  for (int from = 0; from <= size;) {
    int to = from;
    while (to < size && raw[to]) ++to;
    feed(static_cast<uint8_t>(to - from + 1));
    for (; from < to; ++from) feed(raw[from]);
    ++from;
  }
  feed(0);
}

// Which oscillator the board has taken cannot be known from outside: it is told the same in all of an input.
void tell_oscillator(uint8_t* raw, int size) {
  using namespace bowlby;
  for (int at = 1, one; at < size; at += one) {
    one = size_of(raw + at, static_cast<uint8_t>(size - at));
    if (!one) return;
    if (raw[at] != Configure::kId) continue;
    Configure& m = *reinterpret_cast<Configure*>(raw + at + 1);
    if (!m.oscillator || (m.oscillator >= kOscillatorLeastKhz && m.oscillator <= kOscillatorMostKhz)) {
      m.oscillator = oscillator;
    }
  }
}

// The frame as the board would read it: whole, or not at all.
void expect(const uint8_t* raw, int size) {
  using namespace bowlby;
  for (int at = 1; at < size;) {
    const uint8_t one = size_of(raw + at, static_cast<uint8_t>(size - at));
    if (!one) return;
    at += one;
  }
  uint16_t armed = servo::armed();
  for (int at = 1; at < size; at += size_of(raw + at, static_cast<uint8_t>(size - at))) {
    if (raw[at] == Stop::kId && raw[at + 1] == static_cast<uint8_t>(How::Limp)) armed = 0;  // at once, its pulses later
    if (raw[at] != Limits::kId) continue;
    const Limits& m = *reinterpret_cast<const Limits*>(raw + at + 1);
    if (m.channel >= kChannels || armed >> m.channel & 1) continue;  // the board must refuse both
    if (m.lower < kPulseMin || m.upper > kPulseMax || m.lower > m.rest || m.rest > m.upper) continue;
    if (!m.speed || m.speed > kSpeedMax || m.acceleration * 64L / 625 == 0) continue;
    limits[m.channel] = Limit{m.lower, m.upper, m.speed, m.acceleration, true};
  }
}

int budget;  // servo frames left in this input: it must not buy its coverage with time

void pass(int frames) {
  for (int n = 0; n < frames && budget; ++n, --budget) {
    now_us += bowlby::kFrameUs;
    bowlby::animate();
    bowlby::begin_frame(now_us);
    for (uint8_t i = 0; i < bowlby::kChannels; ++i) bowlby::step(i);
    while (bowlby::report()) {
    }
    check();
  }
}

}  // namespace

namespace board {

const char kName[9] = "fuzz\0\0\0\0";
const uint8_t kPins = kServos;

uint32_t micros() { return now_us; }
uint8_t room() { return 255; }
bool behind() { return false; }
void send(uint8_t) {}
void pulse(uint8_t channel, uint16_t width) { at_pins[channel] = width; }
Inputs inputs() { return pins; }
bowlby::Reset reset() { return bowlby::Reset::Power; }
uint16_t overruns() { return 0; }
uint16_t skipped() { return 0; }
uint16_t spare() { return 0; }
uint8_t load() { return 0; }

void open_bus() {
  on_chip = true;
  enabled = false;
  mode = 0;
}
void close_bus() { on_chip = enabled = false; }
void transfer(uint8_t size) {
  uint8_t bytes[80];
  for (uint8_t i = 0; i < size; ++i) bytes[i] = bowlby::output::byte(i);
  did = doing;
  if (did == kForgotten) mode = 0x11;
  if (did != static_cast<uint8_t>(Bus::Done)) return;
  if (bytes[0] == 0) mode = bytes[1];
  if (size < 1 + 4 * bowlby::kChannels) return;
  for (uint8_t i = 0; i < bowlby::kChannels; ++i) {
    const int count = bytes[3 + 4 * i] | bytes[4 + 4 * i] << 8;
    widths[i] = 0;
    if (count == kOff) continue;
    if (!enabled) fail("a count for a chip that is disabled", i);
    if (count > kLongest) fail("a count longer than any pulse", i);
    widths[i] = static_cast<uint16_t>(count * kCount / oscillator);
  }
}
Bus transferred(uint8_t& read) {
  read = mode;
  return did == kForgotten ? Bus::Done : static_cast<Bus>(did);
}
void clear_bus() {}
void enable(bool on) { enabled = on; }

}  // namespace board

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  now_us = 0;
  budget = 250;
  on_chip = enabled = false;
  doing = did = 0;
  oscillator = static_cast<uint16_t>(bowlby::kOscillatorLeastKhz + (size ? data[size - 1] : 0) * 35);
  for (int i = 0; i < bowlby::kChannels; ++i) {
    channels[i] = Channel{};
    limits[i] = Limit{};
    widths[i] = 0;
  }
  for (uint16_t& width : at_pins) width = 0;
  bowlby::start();
  const uint8_t* const end = data + size;
  while (data < end) {
    const uint8_t what = *data++;
    if (what < 0xf0) {
      uint8_t raw[128];
      int length = 0;
      raw[length++] = what;
      for (int n = data < end ? *data++ % 90 : 0; n && data < end; --n) raw[length++] = *data++;
      tell_oscillator(raw, length);
      expect(raw, length);
      feed_frame(raw, length);
    } else if (what == 0xf7) {
      doing = data < end ? *data++ % 4 : 0;
    } else if (what < 0xf8) {
      for (int n = (what & 7) + 1; n && data < end; --n) feed(*data++);
    } else {
      pins.millivolts = what == 0xf8 ? 3000 : 5000;
      pins.pads = what & 3;
      pass(1 << (what & 7) >> 1);
    }
  }
  pass(3);
  while (bowlby::paint()) {
  }
  for (uint8_t i = 0; i < bowlby::kLights; ++i) bowlby::light(i);
  return 0;
}

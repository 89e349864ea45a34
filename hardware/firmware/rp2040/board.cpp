// RP2040 (Raspberry Pi Pico): the board calls and the main loop. It ran in an emulator, never on silicon.
//
// Servos on GP2..GP9 by the PWM hardware, which takes a new width at the end of a period, so that no code is timed.
// SK9822 lights on SPI0 (GP18 clock, GP19 data), line on UART0 (GP0 out, GP1 in), pads GP10 and GP11, mute switch GP12,
// mute light GP13, supply on GP26. A PCA9685 hangs on I2C0 (GP20 data, GP21 clock), its OE on GP22. The processor runs at
// 24 MHz, by which it takes a full line; 500,000 baud and the servo frame are exact.
#include "../core/board.h"

#include "../core/core.h"
#include "../core/output.h"
#include "i2c.h"
#include "registers.h"

using namespace rp2040;

namespace {

constexpr uint32_t kReceived = 1 << 4 | 1 << 6, kSent = 1 << 5;  // UART interrupts: bytes, or some and then a pause
constexpr uint32_t kFirstServo = 2, kPadHead = 10, kPadBack = 11, kMuteSwitch = 12, kMuteLight = 13, kSupply = 26;
constexpr uint8_t kServos = 8;
constexpr uint32_t kTop = 60000;     // of 3 MHz: 20 ms
constexpr uint32_t kEarlyUs = 3000;  // before a frame its pulses are computed
constexpr uint32_t kNapUs = 100;     // the processor sleeps at most so long, unless a byte comes
constexpr uint32_t kWatchdog = 500'000;  // counts, two a microsecond (erratum RP2040-E1): 250 ms
constexpr uint32_t kIn = 1024, kOut = 512;  // bytes of the rings, powers of two
constexpr uint32_t kBehind = 256;    // bytes
constexpr uint8_t kPart = 8;         // LEDs sent at once
constexpr int kAtOnce = 16;          // bytes, or messages

uint16_t lost, repeated, millivolts;
bowlby::Reset cause;
volatile uint8_t waiting[kIn], leaving[kOut];
volatile uint32_t waiting_head, waiting_tail, leaving_head, leaving_tail;
uint32_t counts, samples;            // of the supply in this frame
uint16_t widths[kServos];            // settled, for the coming frame
uint32_t idle_us, looked;
bool idled;
uint8_t busy;

// The line, both ways, between rings and FIFOs (32 bytes, 640 us). Runs in the interrupt, or with it off.
void pump() {
  while (!(reg(kUart + 0x18) & 1 << 4)) {
    const uint32_t data = reg(kUart);
    if (data & 1 << 11) ++lost;
    if (waiting_head - waiting_tail == kIn) {
      ++lost;
    } else {
      waiting[waiting_head % kIn] = static_cast<uint8_t>(data);
      waiting_head = waiting_head + 1;
    }
  }
  while (leaving_head != leaving_tail && !(reg(kUart + 0x18) & 1 << 5)) {
    reg(kUart) = leaving[leaving_tail % kOut];
    leaving_tail = leaving_tail + 1;
  }
  reg(kUart + 0x38) = kReceived | (leaving_head != leaving_tail ? kSent : 0);
}

void pump_now() {
  asm volatile("cpsid i" ::: "memory");
  pump();
  asm volatile("cpsie i" ::: "memory");
}

void start_clocks() {
  reg(kXosc + 0x0c) = 47;
  reg(kXosc) = 0xfab000 | 0xaa0;
  while (!(reg(kXosc + 4) >> 31)) {
  }
  reg(kClocks + 0x30) = 2;                // reference: crystal
  reg(kClocks + 0x3c) = 0;                // system: reference, until the PLL runs
  reg(kResets + kClear) = 1 << 12;
  while (!(reg(kResets + 8) & 1 << 12)) {
  }
  reg(kPll) = 1;                          // 12 MHz * 84 = 1008 MHz, / 7 / 6 = 24 MHz
  reg(kPll + 8) = 84;
  reg(kPll + kClear + 4) = 1 << 5 | 1 << 0;
  while (!(reg(kPll) >> 31)) {
  }
  reg(kPll + 0x0c) = 7 << 16 | 6 << 12;
  reg(kPll + kClear + 4) = 1 << 3;
  reg(kClocks + 0x3c) = 1;                // system: PLL
  reg(kClocks + 0x48) = 1 << 11 | 4 << 5; // peripherals: crystal
  reg(kClocks + 0x60) = 1 << 11 | 3 << 5; // ADC: crystal
  reg(kWatchdogBase + 0x2c) = 1 << 9 | 12;    // a tick a microsecond, for the timer too
  constexpr uint32_t kWanted = 1 << 0 | 1 << 3 | 1 << 5 | 1 << 8 | 1 << 14 | 1 << 16 | 1 << 21 | 1 << 22;
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
  reg(kUart + 0x38) = kReceived;
  reg(kInterrupts) = 1 << kUartInterrupt;
}

void start_servos() {
  for (uint32_t i = 0; i < kServos; ++i) use(kFirstServo + i, kFunctionPwm);
  for (uint32_t slice = 1; slice <= 4; ++slice) {
    reg(kPwm + 20 * slice + 4) = 8 << 4;
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

void sample_supply() {
  if (!(reg(kAdc) & 1 << 8)) return;
  if (samples < 1000) {
    counts += reg(kAdc + 4);
    ++samples;
  }
  reg(kAdc) = 1 | 1 << 2;
}

// The means of a frame. The supply comes through 10 kohm over 10 kohm, against 3.3 V, in 12 bits.
void sum_up() {
  if (samples) millivolts = static_cast<uint16_t>(counts / samples * 6600 / 4096);
  counts = samples = 0;
  busy = static_cast<uint8_t>(100 - (idle_us < bowlby::kFrameUs ? idle_us : bowlby::kFrameUs) / 200);
  idle_us = 0;
}

void put(uint8_t byte) {
  while (!(reg(kSpi + 0x0c) & 2)) {
  }
  reg(kSpi + 8) = byte;
}

// Some of the LEDs; the next of them, or 0 when all are sent.
uint8_t draw(uint8_t from) {
  if (from == 0) {
    for (int i = 0; i < 4; ++i) put(0);
  }
  uint8_t i = from;
  for (; i < from + kPart && i < bowlby::kLights; ++i) {
    const bowlby::Rgb c = bowlby::light(i);
    put(0xff);
    put(c.blue);
    put(c.green);
    put(c.red);
  }
  if (i < bowlby::kLights) return i;
  for (int n = 0; n < 4 + bowlby::kLights / 16 + 1; ++n) put(0);
  return 0;
}

// Width at the next period for all, at one time: none is the step of another frame.
void publish() {
  for (uint32_t slice = 0; slice < kServos / 2; ++slice) {
    const uint32_t a = widths[2 * slice] * 3u / 16, b = widths[2 * slice + 1] * 3u / 16;
    reg(kPwm + 20 * (slice + 1) + 12) = b << 16 | a;
  }
}

// Sleep until an interrupt, unless there was one since the last time: then there may be something to do. Not while a
// transfer to the chip must be fed.
void nap() {
  if (i2c::busy()) return;
  reg(kTimer + 0x10) = reg(kTimer + 0x28) + kNapUs;
  asm volatile("wfe" ::: "memory");
}

void start_watchdog() {
  reg(kPsm + 8) = 0x1fffc;  // it resets all but the oscillators
  reg(kWatchdogBase + 4) = kWatchdog;
  reg(kWatchdogBase) = 1u << 30;
}

}  // namespace

namespace board {

const char kName[9] = "rp2040\0\0";
const uint8_t kPins = kServos;

uint32_t micros() { return reg(kTimer + 0x28); }
uint8_t room() {
  const uint32_t free = kOut - (leaving_head - leaving_tail);
  return static_cast<uint8_t>(free < 255 ? free : 255);
}

void send(uint8_t byte) {
  leaving[leaving_head % kOut] = byte;
  leaving_head = leaving_head + 1;
  if (byte == 0) pump_now();
}

bool behind() { return waiting_head - waiting_tail > kBehind; }

void pulse(uint8_t channel, uint16_t width) { widths[channel] = width; }

Inputs inputs() {
  const bool muted = !level(kMuteSwitch);
  drive(kMuteLight, muted);
  return Inputs{millivolts, static_cast<uint8_t>(level(kPadHead) | level(kPadBack) << 1), muted};
}

bowlby::Reset reset() { return cause; }
uint16_t overruns() { return lost; }
uint16_t skipped() { return repeated; }
uint16_t spare() { return 0xffff; }
uint8_t load() { return busy; }

void open_bus() { i2c::open(); }
void close_bus() { i2c::close(); }
void transfer(uint8_t size) { i2c::begin(size); }
Bus transferred(uint8_t& read) { return i2c::end(read); }
void clear_bus() { i2c::pulse_clock(); }
void enable(bool on) { i2c::enable(on); }

}  // namespace board

extern "C" void on_uart() { pump(); }

extern "C" void on_alarm() { reg(kTimer + 0x34) = 1; }

extern "C" [[noreturn]] void run() {
  // The chip does not tell a brown-out from power coming on: both are its power-on reset.
  cause = reg(kWatchdogBase + 8) & 1   ? bowlby::Reset::Watchdog
          : reg(kChip + 8) & 1u << 16  ? bowlby::Reset::Pin
                                       : bowlby::Reset::Power;
  start_clocks();
  start_line();
  start_lights();
  start_inputs();
  i2c::start();
  sample_supply();
  while (!samples) sample_supply();
  sum_up();
  bowlby::start();
  start_servos();
  reg(kTimer + 0x38) = 1;
  reg(kInterrupts) = 1 << kTimerInterrupt;
  uint32_t next = board::micros() + bowlby::kFrameUs;  // the PWM's period begins with it
  start_watchdog();
  bool reporting = false, painting = false;
  uint8_t drawn = bowlby::kLights;  // LEDs of the picture that are sent
  for (;;) {
    const uint32_t now = board::micros();
    if (idled) idle_us += now - looked;
    idled = false;
    sample_supply();
    i2c::work(now);
    if (static_cast<int32_t>(now - (next - kEarlyUs)) >= 0) {
      bowlby::begin_frame(next);
      for (uint8_t i = 0; i < bowlby::kChannels; ++i) bowlby::step(i);
      publish();
      // Too late for that frame: these are the next one's pulses, and no step is made up for.
      while (static_cast<int32_t>(board::micros() - next) >= 0) {
        next += bowlby::kFrameUs;
        repeated = static_cast<uint16_t>(repeated + bowlby::kChannels);
      }
      i2c::at(next);
      next += bowlby::kFrameUs;
      reg(kWatchdogBase + 4) = kWatchdog;
      sum_up();
      reporting = true;
      if (drawn == bowlby::kLights && !painting) {
        bowlby::animate();
        painting = true;
      }
    } else if (reporting) {
      reporting = bowlby::report();
    } else if (bowlby::work()) {
      for (int more = kAtOnce; more && bowlby::work(); --more) {
      }
    } else if (waiting_tail != waiting_head) {
      bool whole = false;
      for (int more = kAtOnce; more && !whole && waiting_tail != waiting_head; --more) {
        const uint8_t byte = waiting[waiting_tail % kIn];
        waiting_tail = waiting_tail + 1;
        whole = bowlby::receive(byte);
      }
    } else if (painting) {
      painting = bowlby::paint();
      if (!painting) drawn = 0;
    } else if (drawn < bowlby::kLights) {
      drawn = draw(drawn);
      if (!drawn) drawn = bowlby::kLights;
    } else {
      looked = now;
      idled = true;
      nap();
    }
  }
}

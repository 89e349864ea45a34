// ATmega328P at 16 MHz: the board calls of the core, and the main loop.
#include "../core/board.h"

#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/wdt.h>

#include "../core/core.h"
#include "../core/output.h"
#include "clock.h"
#include "lights.h"
#include "pins.h"
#include "twi.h"
#include "uart.h"

extern uint8_t __heap_start;

namespace {

constexpr uint8_t kPaint = 0xc5;
constexpr uint8_t kBehind = 48;           // bytes that wait: from there on nothing is answered,
constexpr uint8_t kFilling = 128;         // and from there on nothing reported before they are read
constexpr uint8_t kAtOnce = 16;           // bytes
constexpr uint16_t kWorkAtOnce = 1600;    // ticks; and one message more
constexpr uint8_t kPass = 66;             // ticks that the loop takes to find nothing to do

bowlby::Reset cause;
uint16_t millivolts;
uint16_t counts;    // of the supply, summed over this frame: 39 samples of 10 bits
uint8_t samples = 1;
uint8_t sampled;    // when the last was taken, in half milliseconds
uint16_t idle;      // times in this frame that the loop found nothing to do
uint8_t stepped = bowlby::kChannels;  // channels whose next pulse is settled
uint16_t repeated;
bool unreported;    // the servo frame that was settled last
enum class Lights : uint8_t { Draw, Animate, Paint, Render, Rest };
Lights next = Lights::Rest;
uint8_t rendered;   // LEDs of the next picture
uint8_t busy;       // share of the last frame, %

// Before anything is on the stack: paint the memory it may grow into.
void __attribute__((naked, used, section(".init3"))) paint() {
  asm volatile(
      "ldi r30, lo8(__heap_start)\n ldi r31, hi8(__heap_start)\n"
      "ldi r24, %[paint]\n ldi r25, hi8(%[top])\n"
      "1: st Z+, r24\n cpi r30, lo8(%[top])\n cpc r31, r25\n brlo 1b\n" ::[paint] "M"(static_cast<int>(kPaint)),
      [top] "i"(RAMEND));
}

// Every half millisecond, so that a frame sees the supply in all phases of the servos' pulses.
void sample_supply() {
  const uint8_t now = TCNT0 >> 3;
  if (now == sampled) return;
  sampled = now;
  counts += ADC;
  ++samples;
  ADCSRA |= 1 << ADSC;
}

// The mean of a frame. 51 kohm over 10 kohm against 1.1 V, which is 1.0 to 1.2 V from chip to chip: a count is
// 6.1 * 1100 / 1024 mV.
void measure_supply() {
  millivolts = static_cast<uint16_t>(counts * 6710UL / samples / 1024);
  counts = ADC;
  samples = 1;
}

void sum_up() {
  busy = static_cast<uint8_t>(100 - static_cast<uint32_t>(idle) * kPass / (bowlby::kFrameUs * 16UL / 100));
  idle = 0;
  measure_supply();
}

// A channel steps only when its last step has become a pulse: one that was too late is never made up for by two at once.
void settle(uint8_t channel) {
  if (avr::clock::taken(channel) || bowlby::output::state() != bowlby::Output::Pins) {
    bowlby::step(channel);
  } else {
    ++repeated;
  }
}

// One short part of the lights' work: send this picture out, then make the next.
void work() {
  switch (next) {
    case Lights::Draw:
      if (!avr::lights::draw()) next = Lights::Animate;
      break;
    case Lights::Animate:
      bowlby::animate();
      next = Lights::Paint;
      break;
    case Lights::Paint:
      if (!bowlby::paint()) next = Lights::Render;
      rendered = 0;
      break;
    case Lights::Render:
      avr::lights::render(rendered++);
      if (rendered == bowlby::kLights) next = Lights::Rest;
      break;
    case Lights::Rest:
      break;
  }
}

// The next picture's turn. Lights have what time the line leaves: on a full one they slow down rather than lose bytes.
void begin_lights() {
  if (next != Lights::Rest || busy > avr::lights::kBusiest) return;
  next = Lights::Draw;
  work();  // at once: what keeps interrupts off must be over before the next pulses
}

void start_inputs() {
  MUTE_SWITCH_PORT |= 1 << MUTE_SWITCH_BIT;  // pull-up
  MUTE_LIGHT_DDR |= 1 << MUTE_LIGHT_BIT;
  ADMUX = 1 << REFS1 | 1 << REFS0 | SUPPLY_BIT;
  ADCSRA = 1 << ADEN | 1 << ADSC | 1 << ADPS2 | 1 << ADPS1 | 1 << ADPS0;
  while (ADCSRA & (1 << ADSC)) {
  }
  counts = ADC;
  measure_supply();
  TCCR0B = 1 << CS02 | 1 << CS00;  // 64 us a count
}

}  // namespace

namespace board {

const char kName[9] = "atm328p\0";
const uint8_t kPins = avr::clock::kServos;

uint32_t micros() { return avr::clock::micros(); }
uint8_t room() { return avr::uart::room(); }
void send(uint8_t byte) { avr::uart::send(byte); }
bool behind() { return avr::uart::waiting() > kBehind; }

void pulse(uint8_t channel, uint16_t width) { avr::clock::publish(channel, width); }

Inputs inputs() {
  const bool muted = !(MUTE_SWITCH_PIN & (1 << MUTE_SWITCH_BIT));
  if (muted) {
    MUTE_LIGHT_PORT |= 1 << MUTE_LIGHT_BIT;
  } else {
    MUTE_LIGHT_PORT &= static_cast<uint8_t>(~(1 << MUTE_LIGHT_BIT));
  }
  uint8_t pads = 0;
  if (PAD_HEAD_PIN & (1 << PAD_HEAD_BIT)) pads |= 1;
  if (PAD_BACK_PIN & (1 << PAD_BACK_BIT)) pads |= 2;
  return Inputs{millivolts, pads, muted};
}

bowlby::Reset reset() { return cause; }
uint16_t overruns() { return avr::uart::lost(); }
uint16_t skipped() { return repeated; }

uint16_t spare() {
  const uint8_t* at = &__heap_start;
  while (*at == kPaint) ++at;
  return static_cast<uint16_t>(at - &__heap_start);
}

uint8_t load() { return busy; }

void open_bus() { avr::twi::open(); }
void close_bus() { avr::twi::close(); }
void transfer(uint8_t size) { avr::twi::begin(size); }
Bus transferred(uint8_t& read) { return avr::twi::end(read); }
void clear_bus() { avr::twi::pulse_clock(); }
void enable(bool on) { avr::twi::enable(on); }

}  // namespace board

int main() {
  const uint8_t why = MCUSR;
  MCUSR = 0;
  cause = why & (1 << WDRF)    ? bowlby::Reset::Watchdog
          : why & (1 << BORF)  ? bowlby::Reset::BrownOut
          : why & (1 << PORF)  ? bowlby::Reset::Power
                               : bowlby::Reset::Pin;
  wdt_enable(WDTO_250MS);
  wdt_reset();  // after a reset by it, it ran already, at its shortest
  avr::uart::start();
  avr::lights::start();
  start_inputs();
  bowlby::start();
  avr::clock::start();
  sei();
  for (;;) {
    uint8_t byte;
    uint32_t start_us;
    sample_supply();
    if (avr::clock::take_due(start_us)) {
      bowlby::begin_frame(start_us);
      stepped = 0;
      wdt_reset();
    } else if (stepped < bowlby::kChannels) {
      settle(stepped++);
      unreported = true;
    } else if (unreported && avr::uart::waiting() < kFilling) {
      unreported = bowlby::report();
      if (!unreported) sum_up();
    } else if (avr::clock::take_quiet()) {
      begin_lights();
    } else if (bowlby::work()) {
      const uint16_t began = TCNT1;
      while (static_cast<uint16_t>(TCNT1 - began) < kWorkAtOnce && bowlby::work()) {
      }
    } else if (avr::uart::take(byte)) {
      for (uint8_t more = kAtOnce; !bowlby::receive(byte) && more && avr::uart::take(byte);) --more;
    } else if (next != Lights::Rest) {
      work();
    } else {
      ++idle;
    }
  }
}

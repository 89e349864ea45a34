// ATmega328P at 16 MHz: the board calls of the core, and the main loop.
#include "../core/board.h"

#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/wdt.h>

#include "../core/core.h"
#include "clock.h"
#include "lights.h"
#include "pins.h"
#include "uart.h"

extern uint8_t __heap_start;

namespace {

constexpr uint8_t kPaint = 0xc5;
constexpr uint8_t kPass = 100;  // ticks: two looks that find nothing, with no interrupt between them, take less

bowlby::Reset cause;
uint16_t millivolts = 5000;
uint32_t idle;      // ticks of this frame
uint16_t looked;    // when the loop last found nothing to do
bool idled;
bool unreported;    // the servo frame that was settled last
enum class Lights : uint8_t { Draw, Animate, Paint, Render, Rest };
Lights next = Lights::Rest;
uint8_t rendered;   // LEDs of the next picture
uint8_t busy;

// Before anything is on the stack: paint the memory it may grow into.
void __attribute__((naked, used, section(".init3"))) paint() {
  asm volatile(
      "ldi r30, lo8(__heap_start)\n ldi r31, hi8(__heap_start)\n"
      "ldi r24, %[paint]\n ldi r25, hi8(%[top])\n"
      "1: st Z+, r24\n cpi r30, lo8(%[top])\n cpc r31, r25\n brlo 1b\n" ::[paint] "M"(static_cast<int>(kPaint)),
      [top] "i"(RAMEND));
}

void measure_supply() {
  // 51 kohm over 10 kohm against 1.1 V: a count is 6.1 * 1100 / 1024 mV
  millivolts = static_cast<uint16_t>(ADC * 6710UL / 1024);
  ADCSRA |= 1 << ADSC;
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

void start_inputs() {
  MUTE_SWITCH_PORT |= 1 << MUTE_SWITCH_BIT;  // pull-up
  MUTE_LIGHT_DDR |= 1 << MUTE_LIGHT_BIT;
  ADMUX = 1 << REFS1 | 1 << REFS0 | SUPPLY_BIT;
  ADCSRA = 1 << ADEN | 1 << ADSC | 1 << ADPS2 | 1 << ADPS1 | 1 << ADPS0;
  while (ADCSRA & (1 << ADSC)) {
  }
  measure_supply();
}

}  // namespace

namespace board {

const char kName[9] = "atm328p\0";

uint32_t micros() { return avr::clock::micros(); }
uint8_t room() { return avr::uart::room(); }
void send(uint8_t byte) { avr::uart::send(byte); }

void pulse(uint8_t channel, uint16_t width) { avr::clock::publish(channel, width); }

Inputs inputs() {
  measure_supply();
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

uint16_t spare() {
  const uint8_t* at = &__heap_start;
  while (*at == kPaint) ++at;
  return static_cast<uint16_t>(at - &__heap_start);
}

uint8_t load() { return busy; }

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
    const bool idled_before = idled;
    idled = false;
    if (avr::clock::take_due(start_us)) {
      bowlby::frame(start_us);
      unreported = true;
      wdt_reset();
      busy = static_cast<uint8_t>(100 - idle / (bowlby::kFrameUs * 16UL / 100));
      idle = 0;
    } else if (avr::clock::take_quiet()) {
      next = Lights::Draw;
      work();  // at once: what keeps interrupts off must be over before the next pulses
    } else if (avr::uart::take(byte)) {
      bowlby::receive(byte);
    } else if (unreported) {
      bowlby::report();
      unreported = false;
    } else if (next != Lights::Rest) {
      work();
    } else {
      const uint16_t now = TCNT1;
      const uint16_t took = now - looked;
      if (idled_before && took < kPass) idle += took;
      looked = now;
      idled = true;
    }
  }
}

#include "clock.h"

#include <avr/interrupt.h>
#include <avr/io.h>
#include <util/atomic.h>

#include "../core/messages.h"
#include "pins.h"

// Timer 1 runs free at the processor's clock, so a tick is 1/16 us, the unit of the line. The frame, in us:
//
//   0        2560     5120     7680     10240          13440          16640     18800    20000
//   | pair 0 | pair 1 | pair 2 | pair 3 | quiet: draw the lights      |         | compute the next pulses
//
// Each slot raises two servos and lets each fall at its count. The interrupt is set early, by more than any other can
// delay it, and spins to the exact tick. Where the two falls of a pair would meet, the second servo rises a little
// later: the phase of a pulse means nothing to a servo, its width everything.

namespace avr::clock {
namespace {

constexpr uint16_t kEarly = 320;     // ticks; the longest other interrupt and this one's entry take under 250
constexpr uint16_t kApart = 80;      // least between two edges
constexpr uint16_t kSlotUs = 2560;
constexpr uint16_t kWaitUs[] = {3200, 3200, 2160, 1200};
constexpr uint8_t kSlots = bowlby::kChannels / 2;
constexpr uint8_t kEvents = kSlots + sizeof kWaitUs / sizeof kWaitUs[0];

struct Pin {
  volatile uint8_t* port;
  uint8_t mask;
};
#define X(channel, letter, bit) {&PORT##letter, 1 << bit},
const Pin pins[bowlby::kChannels] = {SERVO_PINS(X)};
#undef X

struct Fall {
  uint16_t tick;
  Pin pin;
};
Fall falls[2];
uint8_t falling;     // of them still to come
uint8_t index;       // event of the frame: a slot or a wait
uint16_t event;      // its tick
uint32_t event_us;   // and its time
uint32_t frame_us;   // start of this frame
volatile bool quiet, due;
volatile uint16_t pulses[bowlby::kChannels];

// Spin until the timer reaches `tick`, exactly: a loop of five cycles, then as many nops as it was early.
inline __attribute__((always_inline)) void wait_for(uint16_t tick) {
  while (static_cast<int16_t>(TCNT1 - tick) < -60) {
  }
  uint8_t past;
  asm volatile(
      "1: lds %[past], %[timer]\n"
      "   sub %[past], %[low]\n"
      "   brmi 1b\n"
      "   cpi %[past], 5\n"
      "   brsh 3f\n"
      "   ldi r30, pm_lo8(2f)\n"
      "   ldi r31, pm_hi8(2f)\n"
      "   add r30, %[past]\n"
      "   adc r31, __zero_reg__\n"
      "   ijmp\n"
      "2: nop\n nop\n nop\n nop\n"
      "3:\n"
      : [past] "=&d"(past)
      : [timer] "n"(_SFR_MEM_ADDR(TCNT1L)), [low] "r"(static_cast<uint8_t>(tick))
      : "r30", "r31");
}

inline __attribute__((always_inline)) void lower(const Fall& fall) {
  volatile uint8_t* const port = fall.pin.port;
  const uint8_t mask = static_cast<uint8_t>(~fall.pin.mask);
  wait_for(fall.tick);
  *port = *port & mask;
}

inline __attribute__((always_inline)) void lift(const Pin& pin, uint16_t tick) {
  volatile uint8_t* const port = pin.port;
  const uint8_t mask = pin.mask;
  wait_for(tick);
  *port = *port | mask;
}

void rise(uint8_t slot) {
  const uint8_t first = static_cast<uint8_t>(2 * slot);
  const uint8_t second = static_cast<uint8_t>(first + 1);
  const uint16_t a = pulses[first], b = pulses[second];
  uint16_t offset = kApart;
  const int16_t between = static_cast<int16_t>(b + kApart - a);
  if (between > -static_cast<int16_t>(kApart) && between < static_cast<int16_t>(kApart)) offset = 3 * kApart;
  if (a) lift(pins[first], event);
  if (b) lift(pins[second], event + offset);
  const Fall fall_a = {static_cast<uint16_t>(event + a), pins[first]};
  const Fall fall_b = {static_cast<uint16_t>(event + offset + b), pins[second]};
  if (a && b) {
    const bool b_last = static_cast<int16_t>(fall_b.tick - fall_a.tick) > 0;
    falls[0] = b_last ? fall_b : fall_a;
    falls[1] = b_last ? fall_a : fall_b;
    falling = 2;
  } else if (a || b) {
    falls[0] = a ? fall_a : fall_b;
    falling = 1;
  }
}

// The event of the frame that `index` names is here.
void pass() {
  if (index < kSlots) {
    rise(index);
    if (index == 0) frame_us = event_us;
  } else if (index == kSlots) {
    quiet = true;
  } else if (index == kEvents - 1) {
    due = true;
  }
  const uint16_t us = index < kSlots ? kSlotUs : kWaitUs[index - kSlots];
  index = static_cast<uint8_t>(index + 1 < kEvents ? index + 1 : 0);
  event += us * 16;
  event_us += us;
}

}  // namespace

ISR(TIMER1_COMPA_vect) {
  if (!falling) {
    pass();
  } else {
    do {
      --falling;
      lower(falls[falling]);
    } while (falling && static_cast<uint16_t>(falls[0].tick - falls[1].tick) < kEarly + kApart);
  }
  OCR1A = (falling ? falls[falling - 1].tick : event) - kEarly;
}

void start() {
#define X(channel, letter, bit) DDR##letter |= 1 << bit;
  SERVO_PINS(X)
#undef X
  TCCR1A = 0;
  TCCR1B = 1 << CS10;
  event = TCNT1 + 16 * 125;
  event_us = 125;
  OCR1A = event - kEarly;
  TIFR1 = 1 << OCF1A;
  TIMSK1 = 1 << OCIE1A;
}

uint32_t micros() {
  uint16_t ahead;
  uint32_t us;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
    ahead = event - TCNT1;
    us = event_us;
  }
  // The event is at most 3360 us ahead; what looks further is one that is late by a few.
  return ahead < 60000 ? us - ahead / 16 : us + static_cast<uint16_t>(-ahead) / 16;
}

void publish(uint8_t channel, uint16_t pulse) {
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) { pulses[channel] = pulse; }
}

bool take_quiet() {
  const bool is = quiet;
  if (is) quiet = false;
  return is;
}

bool take_due(uint32_t& start_us) {
  if (!due) return false;
  due = false;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) { start_us = frame_us + bowlby::kFrameUs; }
  return true;
}

}  // namespace avr::clock

#include "clock.h"

#include <avr/interrupt.h>
#include <avr/io.h>
#include <util/atomic.h>

#include "../core/messages.h"
#include "pins.h"
#include "twi.h"
#include "uart.h"

// Timer 1 runs free at the processor's clock, so a tick is 1/16 us, the unit of the line. The frame, in us:
//
//   0        2560     5120     7680     10240          13600    16000    18600    20000
//   | pair 0 | pair 1 | pair 2 | pair 3 | quiet: draw the lights         | compute the next pulses
//
// Each slot raises two servos and lets each fall at its count. The interrupt is set early, by more than any other can
// delay it, and spins to the exact tick. The two of a pair rise one shortly after the other, in the order in which their
// falls do not meet: the phase of a pulse means nothing to a servo, its width everything.
//
// All times are ticks after the event that came last, so that what is overdue is told from what is ahead; an edge that
// is overdue comes now. The counter wraps after 4096 us: no event may be further from the next, nor be kept waiting for
// longer, which a picture (4.7 ms without interrupts, within the quiet part) does not do to the one that falls into it.

namespace avr::clock {
namespace {

constexpr uint16_t kEarly = 400;     // ticks; the longest other interrupt and this one's entry take under 300
constexpr uint16_t kApart = 120;     // least between two edges
constexpr uint16_t kNear = 64;       // too near to set the timer for
constexpr uint16_t kPoll = 250;      // looking after the line takes under 150
constexpr uint16_t kBias = 1024;     // more than an interrupt is early
constexpr uint16_t kSlotUs = 2560;
constexpr uint16_t kWaitUs[] = {3360, 2400, 2600, 1400};
constexpr uint16_t kDrawUs = 1800;   // of the quiet part in which a picture may begin: it ends before 16800
constexpr uint8_t kBurst = 1;        // the slot with which a PCA9685 is told: all channels are settled by then
constexpr uint8_t kSlots = (kServos + 1) / 2;
constexpr uint8_t kEvents = kSlots + sizeof kWaitUs / sizeof kWaitUs[0];
static_assert(bowlby::kPulseMax + kApart + kEarly < kSlotUs * 16, "a pulse ends within its slot");

struct Pin {
  volatile uint8_t* port;
  uint8_t mask;
};
#define X(channel, letter, bit) {&PORT##letter, 1 << bit},
const Pin pins[2 * kSlots] = {SERVO_PINS(X)};
#undef X
#define X(channel, letter, bit) static_assert(channel < kServos, "each servo that has a pin is counted");
SERVO_PINS(X)
#undef X

struct Fall {
  uint16_t after;      // ticks after `base`
  Pin pin;
};
Fall falls[2];
uint8_t falling;       // of them still to come
uint8_t index;         // event that comes next: a slot or a wait
uint16_t base;         // tick of the event that came last
uint32_t base_us;      // and its time
uint16_t gap;          // ticks from it to the next
uint32_t frame_us;     // start of this frame
volatile bool quiet, due;
volatile uint8_t fresh;  // channels whose newest pulse has not begun
volatile uint16_t pulses[2 * kSlots];

inline __attribute__((always_inline)) bool ahead(uint16_t after, uint16_t by) {
  return static_cast<uint16_t>(TCNT1 - base + kBias) < static_cast<uint16_t>(after + kBias - by);
}

// Spin until `after` ticks after `base`, exactly, and write the pin: a loop of five cycles, then as many nops as it was
// early. What is overdue is written at once.
#define AT_TICK(after, operation, port, mask)                                                       \
  do {                                                                                              \
    while (ahead(after, 60)) {                                                                      \
    }                                                                                               \
    uint8_t past;                                                                                   \
    if (ahead(after, 0)) {                                                                          \
      asm volatile(                                                                                 \
          "1: lds %[past], %[timer]\n sub %[past], %[low]\n brmi 1b\n"                              \
          "   cpi %[past], 5\n brsh 3f\n"                                                           \
          "   ldi r30, pm_lo8(2f)\n ldi r31, pm_hi8(2f)\n"                                          \
          "   add r30, %[past]\n adc r31, __zero_reg__\n ijmp\n"                                    \
          "2: nop\n nop\n nop\n nop\n"                                                             \
          "3: ld %[past], %a[to]\n " operation " %[past], %[bits]\n st %a[to], %[past]\n"           \
          : [past] "=&d"(past)                                                                      \
          : [timer] "n"(_SFR_MEM_ADDR(TCNT1L)), [low] "r"(static_cast<uint8_t>(base + (after))),    \
            [to] "x"(port), [bits] "r"(mask)                                                        \
          : "r30", "r31");                                                                          \
    } else {                                                                                        \
      asm volatile("ld %[past], %a[to]\n " operation " %[past], %[bits]\n st %a[to], %[past]\n"     \
                   : [past] "=&d"(past)                                                             \
                   : [to] "x"(port), [bits] "r"(mask));                                             \
    }                                                                                               \
  } while (false)

inline __attribute__((always_inline)) void lower(const Fall& fall) {
  AT_TICK(fall.after, "and", fall.pin.port, static_cast<uint8_t>(~fall.pin.mask));
}

inline __attribute__((always_inline)) void lift(const Pin& pin, uint16_t after) {
  AT_TICK(after, "or", pin.port, pin.mask);
}

void rise(uint8_t slot) {
  uint8_t first = static_cast<uint8_t>(2 * slot), second = static_cast<uint8_t>(first + 1);
  uint16_t a = pulses[first], b = pulses[second];
  const int16_t between = static_cast<int16_t>(b + kApart - a);
  if (between > -static_cast<int16_t>(kApart) && between < static_cast<int16_t>(kApart)) {
    --second;
    ++first;
    const uint16_t other = a;
    a = b;
    b = other;
  }
  // Widths count from the true rise, whenever that is.
  const uint16_t at = ahead(0, 40) ? 0 : static_cast<uint16_t>(TCNT1 - base + 2 * kApart);
  if (a) lift(pins[first], at);
  if (b) lift(pins[second], at + kApart);
  fresh = fresh & static_cast<uint8_t>(~(3 << 2 * slot));
  const Fall fall_a = {static_cast<uint16_t>(at + a), pins[first]};
  const Fall fall_b = {static_cast<uint16_t>(at + kApart + b), pins[second]};
  if (a && b) {
    const bool b_last = fall_b.after > fall_a.after;
    falls[0] = b_last ? fall_b : fall_a;
    falls[1] = b_last ? fall_a : fall_b;
    falling = 2;
  } else if (a || b) {
    falls[0] = a ? fall_a : fall_b;
    falling = 1;
  }
}

// The event that `index` names is here.
void pass() {
  const uint8_t what = index;
  base += gap;
  if (what < kSlots) {
    rise(what);
  } else if (what == kSlots) {
    quiet = true;
  } else if (what == kEvents - 1) {
    due = true;
  }
  base_us += gap / 16;
  if (what == 0) {
    frame_us = base_us;
  } else if (what == kBurst) {
    twi::on_slot();
  }
  index = static_cast<uint8_t>(what + 1 < kEvents ? what + 1 : 0);
  gap = static_cast<uint16_t>((what < kSlots ? kSlotUs : kWaitUs[what - kSlots]) * 16);
}

}  // namespace

ISR(TIMER1_COMPA_vect) {
  uint16_t next;
  do {  // the first is here, since the interrupt is
    if (falling) {
      do {
        --falling;
        while (ahead(falls[falling].after, kPoll)) uart::poll_masked();
        lower(falls[falling]);
      } while (falling && static_cast<uint16_t>(falls[0].after - falls[1].after) < kEarly + kNear);
    } else {
      pass();
    }
    next = falling ? falls[falling - 1].after : gap;
  } while (!ahead(next, kEarly + kNear));
  OCR1A = base + next - kEarly;
}

void start() {
#define X(channel, letter, bit) DDR##letter |= 1 << bit;
  SERVO_PINS(X)
#undef X
  TCCR1A = 0;
  TCCR1B = 1 << CS10;
  base = TCNT1;
  gap = 16 * 125;
  OCR1A = base + gap - kEarly;
  TIFR1 = 1 << OCF1A;
  TIMSK1 = 1 << OCIE1A;
}

uint32_t micros() {
  uint16_t since;
  uint32_t us;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
    since = TCNT1 - base + kEarly;  // an event comes that early
    us = base_us;
  }
  return us + since / 16 - kEarly / 16;
}

bool take_due(uint32_t& start_us) {
  if (!due) return false;
  due = false;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) { start_us = frame_us + bowlby::kFrameUs; }
  return true;
}

bool taken(uint8_t channel) { return !(fresh & (1 << channel)); }

void publish(uint8_t channel, uint16_t pulse) {
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
    pulses[channel] = pulse;
    fresh = fresh | static_cast<uint8_t>(1 << channel);
  }
}

bool before_burst() { return index <= kBurst; }

bool take_quiet() {
  if (!quiet) return false;
  quiet = false;
  uint8_t next;
  uint16_t since;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
    next = index;
    since = TCNT1 - base + kEarly;
  }
  return next == kSlots + 1 && since < kDrawUs * 16 + kEarly;
}

}  // namespace avr::clock

#include "lights.h"

#include <avr/interrupt.h>
#include <avr/io.h>

#include "../core/core.h"
#include "pins.h"
#include "uart.h"

// A bit is high for 5 (0) or 13 (1) cycles of 16 MHz: 0.31 and 0.81 us. After eight of them (10 us; a byte of the UART
// takes 20) the line may stay low for some microseconds, so the UART is polled there: interrupts are off for 5 ms, and
// no byte is lost. On a line that is more than half full the picture breaks off before the ring has no room left for
// what comes while the next pulses are computed, and on a full one none begins (kBusiest): the eyes hold still then.
//
// A ping is not kept waiting for that long: the picture breaks off, and what was not sent of it is shown 20 ms later.
// Whoever pings faster than kWhole pictures waits, so that nobody can stop the lights.

namespace avr::lights {
namespace {

constexpr uint8_t kWhole = 8;
constexpr uint8_t kLeft = 128;  // bytes

uint8_t picture[bowlby::kLights * 3];  // green, red, blue
uint8_t whole;                         // pictures since one broke off

// Sends the top bit and shifts: 16 cycles.
inline __attribute__((always_inline)) void put_bit(uint8_t& byte) {
  asm volatile(
      "sbi %[port], %[bit]\n nop\n nop\n"
      "sbrs %[byte], 7\n"
      "cbi %[port], %[bit]\n"
      "lsl %[byte]\n rjmp .+0\n rjmp .+0\n rjmp .+0\n"
      "cbi %[port], %[bit]\n"
      : [byte] "+r"(byte)
      : [port] "I"(_SFR_IO_ADDR(LIGHT_DATA_PORT)), [bit] "I"(LIGHT_DATA_BIT));
}

}  // namespace

const uint8_t kBusiest = 75;

void start() { LIGHT_DATA_DDR |= 1 << LIGHT_DATA_BIT; }

void render(uint8_t index) {
  const bowlby::Rgb c = bowlby::light(index);
  uint8_t* const to = picture + 3 * index;
  to[0] = c.green;
  to[1] = c.red;
  to[2] = c.blue;
}

bool draw() {
  const bool may_break = whole == kWhole;
  if (!may_break) ++whole;
  cli();
  for (uint8_t byte : picture) {
    for (uint8_t bit = 8; bit; --bit) put_bit(byte);
    uart::poll_masked();
    if (uart::waiting() > kLeft) break;
    if (may_break && uart::ping_comes()) {
      whole = 0;
      break;
    }
  }
  sei();
  return false;
}

}  // namespace avr::lights

#include "lights.h"

#include <avr/io.h>

#include "../core/core.h"
#include "pins.h"

// SPI at 8 MHz. A byte takes 16 cycles on the wire and the code between two of them more, so nothing is waited for;
// interrupts stay on, since the clock is ours: the picture goes out in parts, and the line is looked after in between.

namespace avr::lights {
namespace {

constexpr uint8_t kPart = 8;  // LEDs

uint8_t picture[bowlby::kLights * 3];  // blue, green, red
uint8_t drawn;

void __attribute__((noinline)) put(uint8_t byte) {
  asm volatile("rjmp .+0\n rjmp .+0\n rjmp .+0\n rjmp .+0\n");
  SPDR = byte;
}

static_assert(bowlby::kLights % kPart == 0, "whole parts only");

}  // namespace

const uint8_t kBusiest = 90;

void start() {
  LIGHT_DATA_DDR |= 1 << LIGHT_DATA_BIT;
  LIGHT_CLOCK_DDR |= 1 << LIGHT_CLOCK_BIT;
  SPCR = 1 << SPE | 1 << MSTR;  // SS (D10) is a servo's output, so we stay master
  SPSR = 1 << SPI2X;
}

void render(uint8_t index) {
  const bowlby::Rgb c = bowlby::light(index);
  uint8_t* const to = picture + 3 * index;
  to[0] = c.blue;
  to[1] = c.green;
  to[2] = c.red;
}

bool draw() {
  if (drawn == 0) {
    for (uint8_t i = 0; i < 4; ++i) put(0);
  }
  const uint8_t* from = picture + 3 * drawn;
  for (uint8_t i = 0; i < kPart; ++i) {
    put(0xff);  // full global brightness: the core has dimmed already
    put(*from++);
    put(*from++);
    put(*from++);
  }
  drawn += kPart;
  if (drawn < bowlby::kLights) return true;
  for (uint8_t i = 0; i < 4 + bowlby::kLights / 16 + 1; ++i) put(0);  // SK9822 needs the reset frame, both the clocks
  drawn = 0;
  return false;
}

}  // namespace avr::lights

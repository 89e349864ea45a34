// 136 LEDs: two eyes and the ring. WS2812 or SK9822 (APA102), chosen when building.
#pragma once
#include <stdint.h>

namespace avr::lights {

void start();
void render(uint8_t index);  // one LED of the picture, from the core
void draw();                 // send the picture out, in the quiet part of the frame

}  // namespace avr::lights

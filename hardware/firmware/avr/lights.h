// 136 LEDs: two eyes and the ring. WS2812 or SK9822 (APA102), chosen when building.
#pragma once
#include <stdint.h>

namespace avr::lights {

void start();
void render(uint8_t index);  // one LED of the picture, from the core
bool draw();                 // send the picture out, or a part of it; false when it is sent

}  // namespace avr::lights

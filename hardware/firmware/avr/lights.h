// 136 LEDs: two eyes and the ring. WS2812 or SK9822 (APA102), chosen when building.
#pragma once
#include <stdint.h>

namespace avr::lights {

// A picture is sent out after a frame in which the processor was busy for no larger share, %.
extern const uint8_t kBusiest;

void start();
void render(uint8_t index);  // one LED of the picture, from the core
bool draw();                 // send the picture out, or a part of it; false when it is sent

}  // namespace avr::lights

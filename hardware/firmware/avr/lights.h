// 136 LEDs: two eyes and the ring. WS2812 or SK9822 (APA102), chosen when building.
#pragma once

namespace avr::lights {

void start();
void render();  // ask the core for the picture
void draw();    // send it out, in the quiet part of the frame

}  // namespace avr::lights

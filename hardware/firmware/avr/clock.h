// Board time and the servo frame: one timer interrupt puts out all pulses and divides the rest of the frame.
#pragma once
#include <stdint.h>

namespace avr::clock {

void start();
uint32_t micros();
bool take_due(uint32_t& start_us);              // true once a frame, when its successor's pulses must be computed
bool taken(uint8_t channel);                    // what was published for it last has begun: time for the next
void publish(uint8_t channel, uint16_t pulse);  // for the next rise of that channel; ticks, 0: no pulse
bool before_frame();                            // its pulses are due, and it has not begun
bool take_quiet();                              // true once a frame: no edge comes for as long as a picture takes

}  // namespace avr::clock

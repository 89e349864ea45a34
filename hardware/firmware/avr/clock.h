// Board time and the servo frame: one timer interrupt puts out all pulses and divides the rest of the frame.
#pragma once
#include <stdint.h>

namespace avr::clock {

constexpr uint8_t kServos = 7;  // with a pin; an eighth would have that of the OE of a PCA9685

void start();
uint32_t micros();
bool take_due(uint32_t& start_us);              // true once a frame, when its successor's pulses must be computed
bool taken(uint8_t channel);                    // what was published for it last has begun: time for the next
void publish(uint8_t channel, uint16_t pulse);  // for the next rise of a servo that has a pin; ticks, 0: no pulse
bool before_burst();                            // the pulses are due, and the slot of the burst has not begun
bool take_quiet();                              // true once a frame: no edge comes for as long as a picture takes

}  // namespace avr::clock

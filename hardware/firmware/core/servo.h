// Servo channels: limits, the stream of setpoints, eased moves, and the tracker that keeps every one of
// them inside its position, speed and acceleration. Nothing else writes a pulse.
#pragma once
#include "messages.h"

namespace bowlby::servo {

void start();
void forget();  // all limits: the servos are other ones
[[gnu::noinline]] Code limits(const Limits& message);
void place(uint8_t channel, uint16_t position);  // where a limp servo stands, 1/16 us
void energize(uint8_t channel);                  // pulses on; one second to reach the stream
void setpoint(const Setpoint& message);
void rest();     // every armed servo: minimum jerk to rest in one second
bool resting_done();
void limp();     // no pulses
void begin_frame(uint32_t start_us);
void step(uint8_t channel);  // its pulse in that frame

uint16_t position(uint8_t channel);  // 1/16 us
uint16_t armed();                    // bit masks
uint16_t limited();

}  // namespace bowlby::servo

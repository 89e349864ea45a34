// When servos may have pulses: armed one after the other, rested and released when the host falls silent,
// released at once when the supply sags.
#pragma once
#include "board.h"

namespace bowlby::safety {

void start();
Code configure(const Configure& message);
[[gnu::noinline]] Code arm(const Arm& message);
[[gnu::noinline]] Code stop(How how);
void fed();        // a setpoint came in time
void connected();  // a whole frame came
void frame(const board::Inputs& inputs);

State state();
Why why();
bool alone();  // no host speaks to us
uint8_t light_max();

}  // namespace bowlby::safety

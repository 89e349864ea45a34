// Where pulses go: to the board's own pins, or to a PCA9685 on its I2C bus, all of a servo frame in one burst.
#pragma once
#include "messages.h"

namespace bowlby::output {

void start();
Code use(uint8_t wanted, uint16_t oscillator_khz, bool moving);  // refuses a change unless the servos are limp
uint8_t channels();  // that there are
bool lost();         // a PCA9685 is wanted, and is not there
Output state();
uint16_t failed();   // bursts to it, since start

void begin_frame();  // what became of the last burst?
bool ready();        // it has become pulses: time for the next step
void pulse(uint8_t channel, uint16_t width);  // in the coming servo frame, 1/16 us; 0: none
void commit();       // all channels have theirs

uint8_t byte(uint8_t index);  // of the transfer to the chip that is under way

}  // namespace bowlby::output

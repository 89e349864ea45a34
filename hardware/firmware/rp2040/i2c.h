// I2C0 at 100 kHz to a PCA9685, and the pin that enables its outputs. The board calls of core/board.h, which see.
#pragma once
#include <stdint.h>

#include "../core/board.h"

namespace i2c {

void start();             // at boot: the outputs are off, the pins of the bus free
void open();
void close();
void begin(uint8_t size);  // it goes out at the time that at() says
void at(uint32_t time);    // board us
void work(uint32_t now);   // to be called often: feeds the FIFO
bool busy();               // whether work() has anything to do soon
board::Bus end(uint8_t& read);
void pulse_clock();
void enable(bool on);

}  // namespace i2c

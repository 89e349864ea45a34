// The bus to a PCA9685 at 100 kHz, by interrupts, and the pin that enables its outputs. The board calls of
// core/board.h, which see.
#pragma once
#include <stdint.h>

#include "../core/board.h"

namespace avr::twi {

void open();
void close();
void begin(uint8_t size);  // when its slot begins; where it has begun, nothing goes out
void on_slot();            // it begins: called by the clock's interrupt
board::Bus end(uint8_t& read);
void pulse_clock();
void enable(bool on);

}  // namespace avr::twi

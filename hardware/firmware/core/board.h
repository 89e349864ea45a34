// What the core asks of a board. A board layer (avr/, wasm/, rp2040/) defines these and calls core.h.
#pragma once
#include "messages.h"

namespace board {

struct Inputs {
  uint16_t millivolts;  // servo supply
  uint8_t pads;         // bit 0 head, bit 1 back: touched now
  bool muted;           // the switch that cuts the microphone
};

extern const char kName[9];  // eight characters and a zero

uint32_t micros();
uint8_t room();  // bytes that send() takes without waiting
void send(uint8_t byte);
bool behind();   // so much waits to be read that there is no time for answers
void pulse(uint8_t channel, uint16_t width);  // in the coming servo frame, 1/16 us; 0: none
Inputs inputs();
bowlby::Reset reset();  // why this start
uint16_t overruns();    // bytes lost in the receiver since start
uint16_t skipped();     // pulses repeated since start because their successors came too late
uint16_t spare();       // bytes of stack never used
uint8_t load();         // busy share of the last status period, %

}  // namespace board

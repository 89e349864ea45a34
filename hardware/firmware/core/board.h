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
extern const uint8_t kPins;  // servos on pins of its own

uint32_t micros();
uint8_t room();  // bytes that send() takes without waiting
void send(uint8_t byte);
bool behind();   // so much waits to be read that there is no time for answers
void pulse(uint8_t channel, uint16_t width);  // at a pin of its own in the coming servo frame, 1/16 us; 0: none
Inputs inputs();
bowlby::Reset reset();  // why this start
uint16_t overruns();    // bytes lost in the receiver since start
uint16_t skipped();     // pulses repeated since start because their successors came too late
uint16_t spare();       // bytes of stack never used
uint8_t load();         // busy share of the last status period, %

// The I2C bus to a PCA9685, at 100 kHz, and the pin that enables its outputs (OE, low). Nothing here waits for the bus,
// and only clear_bus takes any time: 10 us.
enum class Bus : uint8_t { Done, Refused, Held };  // Refused: nobody took all of it; Held: a wire is low for ever
constexpr uint8_t kChip = 0x40;                    // its address
void open_bus();                 // the outputs are off from now on
void close_bus();                // nothing goes out any more, and the outputs are off
void transfer(uint8_t size);     // so many bytes of output::byte() to the chip, then one read from its register 0
Bus transferred(uint8_t& read);  // what became of it; one that is still under way is broken off
void clear_bus();                // one pulse of the clock: nine of them free a chip that was cut off amid a byte
void enable(bool on);            // its outputs

}  // namespace board

// The firmware's core, the same on every board: integers only, no heap.
// A board gives it each byte that came, and in each servo frame (20 ms) asks for one picture of the lights and, as late
// as it can, for the next pulses. What takes an 8-bit processor long is asked for in parts, so that no traffic, however
// valid, keeps a pulse waiting for longer than one message takes.
#pragma once
#include "board.h"
#include "messages.h"

namespace bowlby {

void start();                         // once, at boot: disarmed, eyes shut
bool receive(uint8_t byte);           // a byte of the line; true: a frame is whole, do all of its work() before the next
bool work();                          // one message of that frame; false when none is left
void animate();                       // one frame of eyes and ring begins
bool paint();                         // a part of it; false when it is whole
void begin_frame(uint32_t start_us);  // before the servo frame that begins at start_us
void step(uint8_t channel);           // then the pulse of each channel, in order
bool report();                        // then what the host wants to know, a message each; false when all is told

constexpr uint8_t kEyeLights = 64;  // 8x8, row by row from the top left as the person sees it
constexpr uint8_t kRingLights = 8;
constexpr uint8_t kLights = 2 * kEyeLights + kRingLights;  // left eye, right eye, ring
struct Rgb {
  uint8_t red, green, blue;
};
Rgb light(uint8_t index);

}  // namespace bowlby

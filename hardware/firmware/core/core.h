// The firmware's core, the same on every board: integers only, no heap.
// A board gives it each byte that came, and in each servo frame (20 ms) asks for one picture of the lights (part by
// part, since it takes an 8-bit processor long) and, as late as it can, for the next pulses.
#pragma once
#include "board.h"
#include "messages.h"

namespace bowlby {

void start();                       // once, at boot: disarmed, eyes shut
void receive(uint8_t byte);         // a byte of the line
void animate();                     // one frame of eyes and ring begins
bool paint();                       // a part of it; false when it is whole
void frame(uint32_t start_us);      // before the servo frame that begins at start_us: its pulses, in order
void report();                      // and then what the host wants to know of it

constexpr uint8_t kEyeLights = 64;  // 8x8, row by row from the top left as the person sees it
constexpr uint8_t kRingLights = 8;
constexpr uint8_t kLights = 2 * kEyeLights + kRingLights;  // left eye, right eye, ring
struct Rgb {
  uint8_t red, green, blue;
};
Rgb light(uint8_t index);

}  // namespace bowlby

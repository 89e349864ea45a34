#include "touch.h"

#include "line.h"

namespace bowlby::touch {
namespace {

constexpr uint8_t kDebounce = 2;     // frames
constexpr uint8_t kTapFrames = 15;   // a longer contact is a hand passing over: a stroke
constexpr uint8_t kHoldFrames = 50;  // and one of a second a hold
constexpr uint8_t kPauseFrames = 15; // contacts closer than this belong together

struct Pad {
  uint8_t unlike;    // frames in which the raw level differs from `down`
  bool down;
  uint8_t frames;    // since `down` changed
  uint8_t contacts;  // of the gesture that is under way
  bool longer;       // one of them was longer than a tap
  bool told;         // this gesture has been reported
};
Pad pads[2];

void tell(uint8_t index, Kind kind, uint32_t now) {
  pads[index].told = true;
  line::send(Touch{now, index, static_cast<uint8_t>(kind)});
}

}  // namespace

void start() {
  for (Pad& pad : pads) pad = Pad{};
}

void frame(uint8_t raw, uint32_t now) {
  for (uint8_t i = 0; i < 2; ++i) {
    Pad& pad = pads[i];
    if (pad.frames < 255) ++pad.frames;
    pad.unlike = ((raw >> i) & 1) == pad.down ? 0 : static_cast<uint8_t>(pad.unlike + 1);
    if (pad.unlike == kDebounce) {
      if (pad.down && pad.frames > kTapFrames) pad.longer = true;
      pad.down = !pad.down;
      pad.frames = pad.unlike = 0;
      if (pad.down && pad.contacts < 255) ++pad.contacts;
    }
    if (!pad.contacts) continue;
    if (pad.down) {
      if (pad.frames == kHoldFrames && !pad.told) tell(i, Kind::Hold, now);
    } else if (pad.frames > kPauseFrames) {
      if (!pad.told) tell(i, pad.longer || pad.contacts > 1 ? Kind::Stroke : Kind::Tap, now);
      pad.contacts = 0;
      pad.longer = pad.told = false;
    }
  }
}

}  // namespace bowlby::touch

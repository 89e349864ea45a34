#include "eyes.h"

#include "arithmetic.h"

namespace bowlby::eyes {
namespace {

constexpr uint8_t kBreathFrames = 200;  // 4 s
constexpr uint8_t kClosing = 64;        // lid, a frame: a blink closes in 80 ms
constexpr uint8_t kOpening = 40;
constexpr int16_t kEyeball = 62;        // radius, 1/16 LED
constexpr uint8_t kPairs = kEyeLights / 2;
constexpr uint8_t kWhite = 28;          // light of the eyeball round the pupil

Eyes wanted, shown;
Light ring_wanted, ring;
uint8_t ball[16];    // the eyeball's coverage, one quarter: it never moves
uint8_t image[kEyeLights];
uint8_t breath;      // frames into the breath of a board that is alone
uint8_t brightest;
bool mute_light;
uint8_t unpainted;   // pairs of the picture's LEDs that are still those of the frame before

// One step of a half or a quarter of the way, and at least by one.
template <uint8_t kPart, typename T>
T ease(T value, T goal) {
  const int16_t gap = static_cast<int16_t>(goal - value);
  const int16_t step = static_cast<int16_t>(gap / kPart);
  if (step) return static_cast<T>(value + step);
  return static_cast<T>(value + (gap > 0) - (gap < 0));
}

// How much of an LED at (x, y) from the middle of a disc the disc covers, 0..255; lengths in 1/16 LED.
// The edge is one LED wide: r - d is taken as (r2 - d2) / 2r, which needs no root.
uint8_t disc(int16_t x, int16_t y, int16_t radius, int16_t slope) {
  const int32_t inside = static_cast<int32_t>(radius) * radius - static_cast<int32_t>(x) * x - static_cast<int32_t>(y) * y;
  return static_cast<uint8_t>(clamp<int32_t>(128 + ((inside * slope) >> 8), 0, 255));
}

int16_t slope_of(int16_t radius) { return static_cast<int16_t>(2048 / radius); }

// Distance of LED row or column i from the middle of its eye.
int16_t place(uint8_t i) { return static_cast<int16_t>((2 * i - 7) * 8); }

uint8_t scale(uint8_t a, uint8_t b) { return static_cast<uint8_t>((static_cast<uint16_t>(a) * b + 255) >> 8); }

void draw(uint8_t pair) {
  const uint8_t row = pair / 4;
  const int16_t centre_x = static_cast<int16_t>(shown.x >> 2);  // the robot's left is on the right of who looks at it
  const int16_t centre_y = static_cast<int16_t>(-(shown.y >> 2));
  const int16_t radius = static_cast<int16_t>(16 + (shown.size >> 3));
  const int16_t slope = slope_of(radius);
  const int16_t open = static_cast<int16_t>(64 - shown.lid / 2);  // the lid's edge: 64 below, -63 above
  const int16_t y = place(row);
  const uint8_t lit = static_cast<uint8_t>(clamp<int16_t>(static_cast<int16_t>(128 + (y - open) * 16), 0, 255));
  uint8_t column = static_cast<uint8_t>(pair % 4 * 2);
  uint8_t* pixel = image + 2 * pair;
  for (uint8_t n = 2; n; --n, ++column, ++pixel) {
    if (lit == 0) {
      *pixel = 0;
      continue;
    }
    const uint8_t quarter = static_cast<uint8_t>((row < 4 ? row : 7 - row) * 4 + (column < 4 ? column : 7 - column));
    const uint8_t pupil =
        disc(static_cast<int16_t>(place(column) - centre_x), static_cast<int16_t>(y - centre_y), radius, slope);
    const uint8_t white = static_cast<uint8_t>(kWhite * ball[quarter] / 255);
    *pixel = scale(pupil > white ? pupil : white, lit);
  }
}

Rgb dim(uint8_t red, uint8_t green, uint8_t blue, uint8_t by) { return Rgb{scale(red, by), scale(green, by), scale(blue, by)}; }

}  // namespace

void start() {
  wanted = shown = Eyes{0, 0, 0, 128, 120, 200, 255, 150};
  ring_wanted = ring = Light{255, 120, 40, 0, 255};
  breath = 0;
  for (uint8_t i = 0; i < 16; ++i) ball[i] = disc(place(i % 4), place(i / 4), kEyeball, slope_of(kEyeball));
  for (uint8_t pair = 0; pair < kPairs; ++pair) draw(pair);
  unpainted = 0;
}

void show(const Eyes& message) { wanted = message; }

void glow(const Light& message) { ring_wanted = message; }

void frame(bool alone, bool muted, uint8_t light_max) {
  mute_light = muted;
  brightest = light_max;
  shown.x = ease<2>(shown.x, wanted.x);
  shown.y = ease<2>(shown.y, wanted.y);
  const int16_t lid = alone ? 0 : wanted.lid;
  shown.lid = static_cast<uint8_t>(clamp<int16_t>(lid, static_cast<int16_t>(shown.lid - kClosing), static_cast<int16_t>(shown.lid + kOpening)));
  shown.size = ease<4>(shown.size, wanted.size);
  shown.red = ease<4>(shown.red, wanted.red);
  shown.green = ease<4>(shown.green, wanted.green);
  shown.blue = ease<4>(shown.blue, wanted.blue);
  shown.brightness = ease<4>(shown.brightness, wanted.brightness);
  Light goal = ring_wanted;
  if (alone) {
    breath = static_cast<uint8_t>(breath + 1 < kBreathFrames ? breath + 1 : 0);
    const uint8_t half = static_cast<uint8_t>(breath < kBreathFrames / 2 ? breath : kBreathFrames - breath);
    goal = Light{255, 120, 40, static_cast<uint8_t>(8 + (minimum_jerk(half * 32768L / (kBreathFrames / 2)) >> 9)), 255};
  }
  ring.red = ease<4>(ring.red, goal.red);
  ring.green = ease<4>(ring.green, goal.green);
  ring.blue = ease<4>(ring.blue, goal.blue);
  ring.brightness = ease<2>(ring.brightness, goal.brightness);
  ring.fill = ease<2>(ring.fill, goal.fill);
  unpainted = kPairs;
}

bool paint() {
  if (!unpainted) return false;
  draw(--unpainted);
  return unpainted;
}

}  // namespace bowlby::eyes

namespace bowlby {

Rgb light(uint8_t index) {
  using namespace eyes;
  if (index < 2 * kEyeLights) {
    const uint8_t level = scale(scale(image[index % kEyeLights], shown.brightness), brightest);
    return level ? dim(shown.red, shown.green, shown.blue, level) : Rgb{0, 0, 0};
  }
  const uint8_t led = static_cast<uint8_t>(index - 2 * kEyeLights);
  if (mute_light && led == 0) return Rgb{brightest, 0, 0};
  const int16_t share = clamp<int16_t>(static_cast<int16_t>(ring.fill * kRingLights - led * 255), 0, 255);
  const uint8_t level = scale(scale(static_cast<uint8_t>(share), ring.brightness), brightest);
  return level ? dim(ring.red, ring.green, ring.blue, level) : Rgb{0, 0, 0};
}

}  // namespace bowlby

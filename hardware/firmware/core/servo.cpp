#include "servo.h"

#include "arithmetic.h"
#include "board.h"
#include "output.h"

namespace bowlby::servo {
namespace {

// Inside, positions are in 1/256 us, speeds in that a frame, accelerations in that a frame, a frame.
constexpr int32_t kFine = 16;        // of a unit of the line
constexpr uint8_t kEaseFrames = 50;  // 1 s

struct Channel {
  int32_t position, velocity, target;
  int32_t from;         // where the stream's segment begins
  uint16_t to;          // where it ends; units of the line
  uint16_t eased_from;  // where the eased move began; units of the line
  uint8_t ease;         // frames since then, up to kEaseFrames
  uint16_t lower, upper, rest;
  uint16_t speed, acceleration;
  int32_t stopping;  // more than the way to a stop from full speed
};
Channel channels[kChannels];
uint16_t armed_mask, limited_mask;
bool resting;
uint32_t segment;       // board time at which the running segment began
int16_t share_of_segment;
constexpr uint8_t kWaits = 3;
struct Segment {
  uint32_t start;
  uint16_t position[kChannels];
};
Segment waiting[kWaits];  // segments that have not begun, in order: as many as may be ahead, at one a servo frame
uint8_t waits;             // so many of them

int32_t fine(uint16_t position) { return position * kFine; }

bool has(uint16_t mask, uint8_t channel) { return mask & bit(channel); }

// The largest step from which a stop within `distance` is possible, slowing by `a` each frame: the steps
// v, v - a, v - 2a ... sum to no more than the distance, with m whole slower steps after the first:
// (m + 1) v = distance + a m (m + 1) / 2.
int32_t brake(int32_t distance, uint16_t a) {
  if (distance <= 0) return 0;
  const uint16_t m = static_cast<uint16_t>((square_root(8 * divide(static_cast<uint32_t>(distance), a) + 1) - 1) / 2);
  const uint32_t slower = static_cast<uint32_t>(m) * (m + 1u) / 2 * a;
  const uint32_t left = static_cast<uint32_t>(distance) - slower;
  return static_cast<int32_t>(static_cast<uint32_t>(m) * a + divide(left, static_cast<uint16_t>(m + 1)));
}

// How far the segment has come at `now`, 0..1024: it takes one frame.
int16_t share_at(uint32_t now) {
  const int32_t since = static_cast<int32_t>(now - segment);
  if (since >= kFrameUs) return 1024;
  if (since <= 0) return 0;
  return static_cast<int16_t>(divide(static_cast<uint32_t>(since) * 64 + kFrameUs / 32, kFrameUs / 16));
}

int32_t stream(const Channel& c, int16_t share) {
  if (share == 1024) return fine(c.to);
  return c.from + (((fine(c.to) - c.from) * share) >> 10);
}

bool begins_by(uint32_t start, uint32_t time) { return static_cast<int32_t>(time - start) > 0; }

// The last of those that begin by `time` begins. One before it would have been the stream for less than a servo frame.
void begin_waiting(uint32_t time) {
  uint8_t begun = 0;
  while (begun < waits && begins_by(waiting[begun].start, time)) ++begun;
  if (!begun) return;
  const Segment& next = waiting[begun - 1];
  const int16_t share = share_at(next.start);
  for (uint8_t i = 0; i < kChannels; ++i) {
    Channel& c = channels[i];
    c.from = stream(c, share);
    if (next.position[i]) c.to = clamp(next.position[i], kPulseMin, kPulseMax);
  }
  segment = next.start;
  waits = static_cast<uint8_t>(waits - begun);
  for (uint8_t i = 0; i < waits; ++i) waiting[i] = waiting[i + begun];
}

// The step with which to go on towards a target that is `gap` away and itself moved by `drift` in this frame.
// On target: the target's own speed, so that a stream within the limits is followed exactly. Behind it: close the
// rest with a quarter of the deceleration, since a target that is itself slowing takes the other three, or as fast
// as a stop at the target allows, whichever is more. Neither runs past a target that slows down to a stop.
int32_t pursue(const Channel& c, int32_t gap, int32_t drift) {
  const uint16_t a = c.acceleration;
  if (gap >= c.stopping && drift >= 0) return c.speed;
  if (gap <= -c.stopping && drift <= 0) return -static_cast<int32_t>(c.speed);
  const int32_t rest = gap - drift;
  if (rest == 0) return drift;
  if (drift == 0) return gap < 0 ? -brake(-gap, a) : brake(gap, a);
  const uint16_t gentle = static_cast<uint16_t>((a >> 2) | 1);
  const int32_t match = drift + (rest < 0 ? -brake(-rest, gentle) : brake(rest, gentle));
  if (gap > 0 && drift >= 0) {
    const int32_t stop = brake(gap, a);
    return match > stop ? match : stop;
  }
  if (gap < 0 && drift <= 0) {
    const int32_t stop = -brake(-gap, a);
    return match < stop ? match : stop;
  }
  return match;
}

// One frame towards `target`, never outside the limits.
void track(Channel& c, int32_t target) {
  const int32_t low = fine(c.lower), high = fine(c.upper);
  target = clamp(target, low, high);
  const int32_t fastest = c.speed, a = c.acceleration;
  const int32_t drift = clamp(target - c.target, -fastest, fastest);
  c.target = target;
  int32_t step = pursue(c, target - c.position, drift);
  step = clamp(step, c.velocity - a, c.velocity + a);
  step = clamp(step, -fastest, fastest);
  const int32_t down = c.position - low, up = high - c.position;
  if (down < c.stopping && step < 0) {
    const int32_t slowest = -brake(down, c.acceleration);
    if (step < slowest) step = slowest;
  }
  if (up < c.stopping && step > 0) {
    const int32_t slowest = brake(up, c.acceleration);
    if (step > slowest) step = slowest;
  }
  c.velocity = step;
  c.position += step;
}

}  // namespace

void start() {
  forget();
  armed_mask = 0;
  resting = false;
  waits = 0;
  segment = board::micros();
}

void forget() {
  for (Channel& c : channels) c = Channel{};
  limited_mask = 0;
}

Code limits(const Limits& m) {
  if (m.channel >= output::channels()) return Code::Channel;
  if (m.lower < kPulseMin || m.upper > kPulseMax || m.lower > m.rest || m.rest > m.upper) return Code::Range;
  if (m.speed == 0 || m.speed > kSpeedMax) return Code::Range;
  Channel& c = channels[m.channel];
  // us/s to 1/256 us a frame: * 128 / 25; us/s2 to 1/256 us a frame, a frame: * 64 / 625; both in 16 bits
  const uint16_t speed = static_cast<uint16_t>(m.speed * 5u + m.speed * 3u / 25u);
  const uint16_t acceleration = static_cast<uint16_t>(m.acceleration / 625u * 64u + m.acceleration % 625u * 64u / 625u);
  if (acceleration == 0) return Code::Range;
  if (c.lower == m.lower && c.upper == m.upper && c.rest == m.rest && c.speed == speed &&
      c.acceleration == acceleration) {
    return Code::Ok;
  }
  if (has(armed_mask, m.channel)) return Code::Armed;
  c.lower = m.lower;
  c.upper = m.upper;
  c.rest = m.rest;
  c.speed = speed;
  c.acceleration = acceleration;
  c.stopping = static_cast<int32_t>(static_cast<uint32_t>(speed) * (speed / acceleration + 2UL) / 2 + speed);
  if (!has(limited_mask, m.channel)) place(m.channel, m.rest);
  limited_mask = static_cast<uint16_t>(limited_mask | bit(m.channel));
  place(m.channel, position(m.channel));
  return Code::Ok;
}

void place(uint8_t channel, uint16_t position) {
  Channel& c = channels[channel];
  position = clamp(position, c.lower, c.upper);
  c.position = c.target = c.from = fine(position);
  c.to = position;
  c.velocity = 0;
}

void energize(uint8_t channel) {
  Channel& c = channels[channel];
  c.eased_from = c.to = position(channel);
  c.from = c.position;
  c.ease = 0;
  resting = false;
  armed_mask = static_cast<uint16_t>(armed_mask | bit(channel));
}

void setpoint(const Setpoint& m) {
  // Segments that have not begun are replaced: positions are absolute, the newest is the truth.
  while (waits && !begins_by(waiting[waits - 1].start, m.start)) --waits;
  if (waits == kWaits) --waits;
  Segment& to = waiting[waits++];
  to.start = m.start;
  for (uint8_t i = 0; i < kChannels; ++i) to.position[i] = i < m.count ? m.position[i] : 0;
}

void rest() {
  for (uint8_t i = 0; i < kChannels; ++i) {
    channels[i].eased_from = position(i);
    channels[i].ease = 0;
  }
  resting = true;
  waits = 0;
}

bool resting_done() {
  for (uint8_t i = 0; i < kChannels; ++i) {
    const Channel& c = channels[i];
    if (has(armed_mask, i) && (c.position != fine(c.rest) || c.velocity != 0)) return false;
  }
  return true;
}

void limp() {
  resting = false;
  waits = 0;
  if (!armed_mask) return;
  for (uint8_t i = 0; i < kChannels; ++i) {
    if (has(armed_mask, i)) place(i, position(i));
  }
  armed_mask = 0;
}

void begin_frame(uint32_t start_us) {
  begin_waiting(start_us);
  share_of_segment = share_at(start_us);
}

void step(uint8_t channel) {
  if (!has(armed_mask, channel)) {
    output::pulse(channel, 0);
    return;
  }
  if (!output::ready()) return;  // its last step has not become a pulse: that is given again
  Channel& c = channels[channel];
  int32_t goal = resting ? fine(c.rest) : stream(c, share_of_segment);
  if (c.ease < kEaseFrames) {
    ++c.ease;
    const int32_t share = minimum_jerk(c.ease * 32768L / kEaseFrames);
    const int32_t from = c.eased_from;
    goal = from * kFine + (((goal / kFine - from) * share) >> 11);
  }
  track(c, goal);
  output::pulse(channel, position(channel));
}

uint16_t position(uint8_t channel) { return static_cast<uint16_t>((channels[channel].position + kFine / 2) / kFine); }

uint16_t armed() { return armed_mask; }

uint16_t limited() { return limited_mask; }

}  // namespace bowlby::servo

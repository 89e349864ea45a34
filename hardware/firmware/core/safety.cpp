#include "safety.h"

#include "arithmetic.h"
#include "output.h"
#include "servo.h"

namespace bowlby::safety {
namespace {

constexpr uint8_t kArmFrames = 5;    // between two servos: each draws its starting current alone
constexpr uint8_t kRestFrames = 75;  // a rest that has not ended by then ends
constexpr uint8_t kSagFrames = 3;    // limp within 100 ms of a stall

State now;
Why reason;
uint16_t to_arm;    // channels still to come on
uint8_t countdown;  // frames to the next of them
uint8_t hungry;     // frames since a setpoint
uint8_t deaf;       // frames since anything at all
uint8_t rested;     // frames of resting
uint8_t sagging;    // frames of low supply
uint16_t sag_mv;
uint8_t brightest;

void go_limp() {
  servo::limp();
  to_arm = 0;
  now = State::Limp;
}

void go_rest(Why because) {
  if (now == State::Limp || now == State::Resting) return;
  reason = because;
  to_arm = 0;
  rested = 0;
  servo::rest();
  now = State::Resting;
}

void arm_next() {
  if (countdown) {
    --countdown;
    return;
  }
  for (uint8_t channel = 0; channel < kChannels; ++channel) {
    if (!(to_arm & bit(channel))) continue;
    servo::energize(channel);
    to_arm = static_cast<uint16_t>(to_arm & ~bit(channel));
    countdown = kArmFrames - 1;
    break;
  }
  if (!to_arm) now = State::Armed;
}

}  // namespace

void start() {
  now = State::Limp;
  reason = Why::Boot;
  to_arm = countdown = hungry = rested = sagging = 0;
  deaf = kSilenceFrames;
  sag_mv = kSagMv;
  brightest = 64;
}

Code configure(const Configure& message) {
  const Code code = output::use(message.output, message.oscillator, now != State::Limp);
  if (code != Code::Ok) return code;
  sag_mv = message.sag_mv;
  brightest = message.light_max;
  return Code::Ok;
}

Code arm(const Arm& message) {
  if (message.mask & ~servo::limited()) return Code::Unlimited;
  if (message.mask == 0) return Code::Range;
  if (sagging) return Code::Sag;
  if (output::lost()) return Code::Output;
  const bool afresh = now == State::Limp || now == State::Resting;
  const uint16_t armed = servo::armed();
  const uint16_t missing = static_cast<uint16_t>(message.mask & ~armed);
  if (!missing && !afresh) return Code::Ok;  // asked again
  const uint16_t fresh = static_cast<uint16_t>(missing & ~to_arm);
  uint16_t one = 1;
  for (uint8_t channel = 0; channel < kChannels; ++channel, one = static_cast<uint16_t>(one << 1)) {
    if (armed & one) {
      if (afresh) servo::energize(channel);  // it was on its way to rest: ease from here
    } else if (channel < message.count && message.position[channel] && (fresh & one)) {
      servo::place(channel, message.position[channel]);
    }
  }
  if (!to_arm) countdown = 1;  // a frame without pulses lies between going limp and the first pulse
  to_arm = missing;
  hungry = 0;
  now = State::Arming;
  return Code::Ok;
}

Code stop(How how) {
  if (how == How::Rest) {
    go_rest(Why::Asked);
  } else if (how == How::Limp) {
    if (now == State::Limp) return Code::Ok;
    reason = Why::Asked;
    go_limp();
  } else {
    return Code::Range;
  }
  return Code::Ok;
}

void fed() { hungry = 0; }

void connected() { deaf = 0; }

void frame(const board::Inputs& inputs) {
  if (deaf < kSilenceFrames) ++deaf;
  if (inputs.millivolts >= sag_mv) {
    sagging = 0;
  } else if (sagging < kSagFrames) {
    ++sagging;
  }
  if (now == State::Limp) return;
  if (output::lost()) {
    reason = Why::Output;
    go_limp();
    return;
  }
  if (sagging == kSagFrames) {
    reason = Why::Sag;
    go_limp();
    return;
  }
  if (now == State::Resting) {
    ++rested;
    if (servo::resting_done() || rested > kRestFrames) go_limp();
    return;
  }
  if (++hungry > kSilenceFrames) {
    go_rest(Why::Silence);
    return;
  }
  if (to_arm) {
    if (output::ready()) arm_next();
  } else {
    now = State::Armed;
  }
}

State state() { return now; }

Why why() { return reason; }

bool alone() { return deaf >= kSilenceFrames; }

uint8_t light_max() { return brightest; }

}  // namespace bowlby::safety

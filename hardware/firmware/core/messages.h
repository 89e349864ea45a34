// Made from firmware_bridge/table.py by `python -m firmware_bridge.header`. Do not edit.
#pragma once
#include <stdint.h>

namespace bowlby {

constexpr uint8_t kProtocol = 2;
constexpr uint32_t kTable = 0x116c0ac7;
constexpr uint32_t kBaud = 500000;
constexpr uint8_t kMaxDecoded = 92;
constexpr uint8_t kMostChannels = 16;  // that a message tells of
constexpr uint8_t kChannels = BOWLBY_CHANNELS;  // of this build
static_assert(kChannels <= kMostChannels, "a message tells of all channels");
constexpr uint16_t kFrameUs = 20000;
constexpr uint16_t kPulseMin = 8000;
constexpr uint16_t kPulseMax = 40000;
constexpr uint16_t kSpeedMax = 8000;
constexpr uint8_t kSilenceFrames = 25;
constexpr uint16_t kLateUs = 2000;
constexpr uint16_t kEarlyUs = 60000;
constexpr uint16_t kSagMv = 4400;
constexpr uint16_t kOscillatorKhz = 25000;
constexpr uint16_t kOscillatorLeastKhz = 21000;
constexpr uint16_t kOscillatorMostKhz = 30000;

enum class State : uint8_t { Limp = 0, Arming = 1, Armed = 2, Resting = 3 };
enum class Why : uint8_t { Boot = 0, Asked = 1, Silence = 2, Sag = 3, Output = 4 };
enum class Reset : uint8_t { Power = 0, Pin = 1, BrownOut = 2, Watchdog = 3 };
enum class Code : uint8_t { Ok = 0, Channel = 1, Range = 2, Armed = 3, Unlimited = 4, Sag = 5, Output = 6 };
enum class Output : uint8_t { Pins = 0, Chip = 1, Missing = 2, Held = 3 };
enum class Pad : uint8_t { Head = 0, Back = 1 };
enum class Kind : uint8_t { Tap = 0, Stroke = 1, Hold = 2 };
enum class How : uint8_t { Limp = 0, Rest = 1 };

struct Identify {
  static constexpr uint8_t kId = 0x01;
} __attribute__((packed, may_alias));

struct Ping {
  static constexpr uint8_t kId = 0x02;
  uint32_t token;
} __attribute__((packed, may_alias));

struct Limits {
  static constexpr uint8_t kId = 0x03;
  uint8_t channel;
  uint16_t lower;  // 1/16 us
  uint16_t upper;  // 1/16 us
  uint16_t rest;  // 1/16 us
  uint16_t speed;  // us of pulse a second
  uint16_t acceleration;  // us of pulse a second, a second
} __attribute__((packed, may_alias));

struct Configure {
  static constexpr uint8_t kId = 0x04;
  uint16_t sag_mv;  // supply below this makes the body limp; 0 never
  uint8_t light_max;  // brightness that 255 stands for
  uint8_t output;  // 0 the board's own pins, 1 a PCA9685
  uint16_t oscillator;  // of the PCA9685, kHz; 0: 25000
} __attribute__((packed, may_alias));

struct Arm {
  static constexpr uint8_t kId = 0x05;
  uint16_t mask;  // one bit a channel
  uint8_t count;
  uint16_t position[kChannels];  // where each servo stands, 1/16 us; 0: where the board left it
} __attribute__((packed, may_alias));

struct Stop {
  static constexpr uint8_t kId = 0x06;
  uint8_t how;
} __attribute__((packed, may_alias));

struct Setpoint {
  static constexpr uint8_t kId = 0x10;
  uint32_t start;  // board us at which the move of one frame towards the positions begins
  uint8_t count;
  uint16_t position[kChannels];  // by channel, 1/16 us; 0 leaves one as it is
} __attribute__((packed, may_alias));

struct Eyes {
  static constexpr uint8_t kId = 0x11;
  int8_t x;  // pupil, 127 is left
  int8_t y;  // 127 is up
  uint8_t lid;  // 255 is open
  uint8_t size;
  uint8_t red;
  uint8_t green;
  uint8_t blue;
  uint8_t brightness;
} __attribute__((packed, may_alias));

struct Light {
  static constexpr uint8_t kId = 0x12;
  uint8_t red;
  uint8_t green;
  uint8_t blue;
  uint8_t brightness;
  uint8_t fill;  // share of the ring
} __attribute__((packed, may_alias));

struct Identity {
  static constexpr uint8_t kId = 0x41;
  uint8_t protocol;
  uint32_t table;  // checksum of the message table
  uint8_t board[8];  // ASCII, padded with 0
  uint8_t version[3];
  uint8_t servos;  // channels, at most
  uint8_t lights;
  uint8_t reset;
} __attribute__((packed, may_alias));

struct Ack {
  static constexpr uint8_t kId = 0x42;
  uint8_t sequence;
  uint8_t code;
} __attribute__((packed, may_alias));

struct Pong {
  static constexpr uint8_t kId = 0x43;
  uint32_t token;
  uint32_t time;  // board us
} __attribute__((packed, may_alias));

struct Pose {
  static constexpr uint8_t kId = 0x50;
  uint32_t time;  // board us at which the servo frame begins
  uint16_t armed;  // channels that have pulses
  uint8_t state;
  uint8_t count;
  uint16_t position[kChannels];  // pulse of that frame by channel, 1/16 us, up to the last with limits
} __attribute__((packed, may_alias));

struct Status {
  static constexpr uint8_t kId = 0x51;
  uint8_t reset;
  uint8_t state;
  uint8_t why;
  uint16_t armed;
  uint16_t limited;  // channels that have limits
  uint8_t muted;
  uint8_t output;
  uint8_t load;  // busy share of the processor, %
  uint16_t millivolts;
  uint16_t crc_errors;  // frames that were damaged
  uint16_t unknown;  // whole frames that hold no known messages
  uint16_t gaps;  // frames that never came, by their sequence numbers
  uint16_t overruns;  // bytes lost in the receiver
  uint16_t late;  // setpoints refused because their start had passed
  uint16_t early;  // setpoints refused because their start was too far ahead
  uint16_t unsent;  // reports and answers dropped because the line was full
  uint16_t skipped;  // pulses given twice because the next was not ready; above 0 the firmware is broken
  uint16_t failed;  // transfers to the PCA9685 that did not get through
  uint16_t spare;  // bytes of stack never used
} __attribute__((packed, may_alias));

struct Touch {
  static constexpr uint8_t kId = 0x52;
  uint32_t time;
  uint8_t pad;
  uint8_t kind;
} __attribute__((packed, may_alias));

// Bytes of a message to the board with its id, of which `come` are there; 0: unknown, or cut short.
constexpr uint8_t size_of(const uint8_t* message, uint8_t come) {
  uint8_t size = 0;
  bool counted = false;
  switch (*message) {
    case 0x01: size = 1; break;
    case 0x02: size = 5; break;
    case 0x03: size = 12; break;
    case 0x04: size = 7; break;
    case 0x05: size = 4; counted = true; break;
    case 0x06: size = 2; break;
    case 0x10: size = 6; counted = true; break;
    case 0x11: size = 9; break;
    case 0x12: size = 6; break;
    default: return 0;
  }
  if (size > come) return 0;
  if (!counted) return size;
  const uint8_t count = message[size - 1];
  if (count > kMostChannels) return 0;
  size = static_cast<uint8_t>(size + 2 * count);
  return size > come ? uint8_t{0} : size;
}

constexpr bool acknowledged(uint8_t id) {
  return id == 0x03 || id == 0x04 || id == 0x05 || id == 0x06;
}

}  // namespace bowlby

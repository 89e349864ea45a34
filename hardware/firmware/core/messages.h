// Made from firmware_bridge/table.py by `python -m firmware_bridge.header`. Do not edit.
#pragma once
#include <stdint.h>

namespace bowlby {

constexpr uint8_t kProtocol = 1;
constexpr uint32_t kTable = 0x448fb7db;
constexpr uint32_t kBaud = 500000;
constexpr uint8_t kMaxDecoded = 92;
constexpr uint8_t kChannels = 8;
constexpr uint16_t kFrameUs = 20000;
constexpr uint16_t kPulseMin = 8000;
constexpr uint16_t kPulseMax = 40000;
constexpr uint16_t kSpeedMax = 8000;
constexpr uint8_t kSilenceFrames = 25;
constexpr uint16_t kLateUs = 2000;
constexpr uint16_t kEarlyUs = 60000;
constexpr uint16_t kSagMv = 4400;

enum class State : uint8_t { Limp = 0, Arming = 1, Armed = 2, Resting = 3 };
enum class Why : uint8_t { Boot = 0, Asked = 1, Silence = 2, Sag = 3 };
enum class Reset : uint8_t { Power = 0, Pin = 1, BrownOut = 2, Watchdog = 3 };
enum class Code : uint8_t { Ok = 0, Channel = 1, Range = 2, Armed = 3, Unlimited = 4, Sag = 5 };
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
} __attribute__((packed, may_alias));

struct Arm {
  static constexpr uint8_t kId = 0x05;
  uint8_t mask;  // one bit a channel
  uint16_t position[8];  // where each servo stands, 1/16 us; 0: where the board left it
} __attribute__((packed, may_alias));

struct Stop {
  static constexpr uint8_t kId = 0x06;
  uint8_t how;
} __attribute__((packed, may_alias));

struct Setpoint {
  static constexpr uint8_t kId = 0x10;
  uint32_t start;  // board us at which the move of one frame towards the positions begins
  uint16_t position[8];  // 1/16 us; 0 leaves the channel as it is
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
  uint8_t servos;
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
  uint16_t position[8];  // pulse of that frame, 1/16 us
  uint8_t armed;  // channels that have pulses
  uint8_t state;
} __attribute__((packed, may_alias));

struct Status {
  static constexpr uint8_t kId = 0x51;
  uint8_t reset;
  uint8_t state;
  uint8_t why;
  uint8_t armed;
  uint8_t limited;  // channels that have limits
  uint8_t muted;
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
  uint16_t spare;  // bytes of stack never used
} __attribute__((packed, may_alias));

struct Touch {
  static constexpr uint8_t kId = 0x52;
  uint32_t time;
  uint8_t pad;
  uint8_t kind;
} __attribute__((packed, may_alias));

// Bytes after the id of a message to the board; -1 where none is known.
constexpr int8_t size_of(uint8_t id) {
  switch (id) {
    case 0x01: return 0;
    case 0x02: return 4;
    case 0x03: return 11;
    case 0x04: return 3;
    case 0x05: return 17;
    case 0x06: return 1;
    case 0x10: return 20;
    case 0x11: return 8;
    case 0x12: return 5;
    default: return -1;
  }
}

constexpr bool acknowledged(uint8_t id) {
  return id == 0x03 || id == 0x04 || id == 0x05 || id == 0x06;
}

}  // namespace bowlby

#include "line.h"

#include "board.h"

namespace bowlby::line {

Counters counters;
Frame frame;
uint8_t frame_size;

namespace {

struct Receiver {
  uint8_t size;   // decoded so far
  uint8_t left;   // bytes until the next code
  bool zero;      // the next code stands for a zero
  bool begun;
  bool broken;    // longer than any frame: wait for the next 0x00
  uint16_t crc;
};
constexpr uint8_t kAnswers = 8;

Receiver in;
uint8_t expected;  // next sequence number from the host
bool heard;        // a first frame has come, so `expected` means something
uint8_t sequence;  // of our next frame
uint8_t answers;   // that may still be given in this servo frame

// CRC-16/CCITT, polynomial 0x1021, one byte without a table and without shifts of 16 bits.
uint16_t add(uint16_t crc, uint8_t byte) {
  uint8_t x = static_cast<uint8_t>(crc >> 8 ^ byte);
  x ^= x >> 4;
  const uint8_t up = static_cast<uint8_t>(x << 4);
  const uint8_t high = static_cast<uint8_t>(static_cast<uint8_t>(crc) ^ up ^ x >> 3);
  const uint8_t low = static_cast<uint8_t>(x ^ static_cast<uint8_t>(up << 1));
  return static_cast<uint16_t>(high << 8 | low);
}

void clear() {
  in.size = 0;
  in.left = 0;
  in.zero = in.begun = in.broken = false;
  in.crc = 0xffff;
}

void put(uint8_t byte) {
  if (in.size == kMaxDecoded) {
    in.broken = true;
    return;
  }
  reinterpret_cast<uint8_t*>(&frame)[in.size++] = byte;
  in.crc = add(in.crc, byte);
}

// All messages known and none cut short.
bool whole(const uint8_t* messages, uint8_t size) {
  uint8_t at = 0;
  while (at < size) {
    const uint8_t one = size_of(messages + at, static_cast<uint8_t>(size - at));
    if (!one) return false;
    at = static_cast<uint8_t>(at + one);
  }
  return size > 0;
}

bool finish() {
  if (!in.begun) return false;  // two zeros in a row
  if (in.broken || in.left || in.size < 3 || in.crc != 0) {
    ++counters.crc_errors;
    return false;
  }
  const uint8_t number = frame.sequence;
  if (heard) counters.gaps = static_cast<uint16_t>(counters.gaps + static_cast<uint8_t>(number - expected));
  heard = true;
  expected = static_cast<uint8_t>(number + 1);
  frame_size = static_cast<uint8_t>(in.size - 3);
  if (whole(frame.messages, frame_size)) return true;
  ++counters.unknown;
  return false;
}

}  // namespace

void start() {
  counters = Counters{};
  heard = false;
  sequence = 0;
  answers = kAnswers;
  clear();
}

bool receive(uint8_t byte) {
  if (byte == 0) {
    const bool is_whole = finish();
    clear();
    return is_whole;
  }
  in.begun = true;
  if (in.broken) return false;
  if (in.left == 0) {
    if (in.zero) put(0);
    in.left = static_cast<uint8_t>(byte - 1);
    in.zero = byte != 0xff;
  } else {
    put(byte);
    --in.left;
  }
  return false;
}

void begin_frame() { answers = kAnswers; }

bool answers_left() {
  if (answers && !board::behind()) {
    --answers;
    return true;
  }
  ++counters.unsent;
  return false;
}

bool room_for(uint8_t bytes) {
  if (board::room() >= bytes) return true;
  ++counters.unsent;
  return false;
}

void send(uint8_t id, const void* body, uint8_t size) {
  uint8_t bytes[48];
  static_assert(sizeof(Pose) + 4 <= sizeof bytes, "the longest report, its number, id and checksum");
  uint8_t length = 0;
  bytes[length++] = sequence++;
  bytes[length++] = id;
  for (uint8_t i = 0; i < size; ++i) bytes[length++] = static_cast<const uint8_t*>(body)[i];
  uint16_t crc = 0xffff;
  for (uint8_t i = 0; i < length; ++i) crc = add(crc, bytes[i]);
  bytes[length++] = static_cast<uint8_t>(crc >> 8);
  bytes[length++] = static_cast<uint8_t>(crc & 0xff);
  board::send(0);
  for (uint8_t from = 0; from <= length;) {  // 254 bytes without a zero would need a second code
    uint8_t to = from;
    while (to < length && bytes[to] != 0) ++to;
    board::send(static_cast<uint8_t>(to - from + 1));
    for (; from < to; ++from) board::send(bytes[from]);
    ++from;
  }
  board::send(0);
}

}  // namespace bowlby::line

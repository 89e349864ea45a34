#include "line.h"

#include "board.h"

namespace bowlby::line {

Counters counters;

namespace {

struct Receiver {
  uint8_t buffer[kMaxDecoded];
  uint8_t size;   // decoded so far
  uint8_t left;   // bytes until the next code
  bool zero;      // the next code stands for a zero
  bool begun;
  bool broken;    // longer than any frame: wait for the next 0x00
  uint16_t crc;
};
Receiver in;
uint8_t expected;  // next sequence number from the host
bool heard;        // a first frame has come, so `expected` means something
uint8_t sequence;  // of our next frame

// CRC-16/CCITT, polynomial 0x1021, one byte without a table.
uint16_t add(uint16_t crc, uint8_t byte) {
  crc = static_cast<uint16_t>((crc >> 8) | (crc << 8));
  crc ^= byte;
  crc ^= static_cast<uint8_t>(crc & 0xff) >> 4;
  crc ^= static_cast<uint16_t>(crc << 12);
  crc ^= static_cast<uint16_t>((crc & 0xff) << 5);
  return crc;
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
  in.buffer[in.size++] = byte;
  in.crc = add(in.crc, byte);
}

// All messages known and none cut short.
bool whole(const uint8_t* messages, uint8_t size) {
  uint8_t at = 0;
  while (at < size) {
    const int8_t body = size_of(messages[at]);
    if (body < 0 || body > size - at - 1) return false;
    at = static_cast<uint8_t>(at + 1 + body);
  }
  return size > 0;
}

void finish() {
  if (!in.begun) return;  // two zeros in a row
  if (in.broken || in.left || in.size < 3 || in.crc != 0) {
    ++counters.crc_errors;
    return;
  }
  const uint8_t number = in.buffer[0];
  if (heard) counters.gaps = static_cast<uint16_t>(counters.gaps + static_cast<uint8_t>(number - expected));
  heard = true;
  expected = static_cast<uint8_t>(number + 1);
  const uint8_t size = static_cast<uint8_t>(in.size - 3);
  if (whole(in.buffer + 1, size)) {
    handle(number, in.buffer + 1, size);
  } else {
    ++counters.unknown;
  }
}

}  // namespace

void start() {
  counters = Counters{};
  heard = false;
  sequence = 0;
  clear();
}

void receive(uint8_t byte) {
  if (byte == 0) {
    finish();
    clear();
    return;
  }
  in.begun = true;
  if (in.broken) return;
  if (in.left == 0) {
    if (in.zero) put(0);
    in.left = static_cast<uint8_t>(byte - 1);
    in.zero = byte != 0xff;
  } else {
    put(byte);
    --in.left;
  }
}

void send(uint8_t id, const void* body, uint8_t size) {
  uint8_t frame[48];
  uint8_t length = 0;
  frame[length++] = sequence++;
  frame[length++] = id;
  for (uint8_t i = 0; i < size; ++i) frame[length++] = static_cast<const uint8_t*>(body)[i];
  uint16_t crc = 0xffff;
  for (uint8_t i = 0; i < length; ++i) crc = add(crc, frame[i]);
  frame[length++] = static_cast<uint8_t>(crc >> 8);
  frame[length++] = static_cast<uint8_t>(crc & 0xff);
  if (board::room() < length + 3) {  // two zeros and one code: 254 bytes need no second
    ++counters.unsent;
    return;
  }
  board::send(0);
  for (uint8_t from = 0; from <= length;) {
    uint8_t to = from;
    while (to < length && frame[to] != 0) ++to;
    board::send(static_cast<uint8_t>(to - from + 1));
    for (; from < to; ++from) board::send(frame[from]);
    ++from;
  }
  board::send(0);
}

}  // namespace bowlby::line

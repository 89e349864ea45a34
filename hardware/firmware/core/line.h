// Frames of the line: 0x00, COBS(sequence, messages, CRC-16/CCITT big-endian), 0x00.
#pragma once
#include "messages.h"

namespace bowlby::line {

struct Counters {
  uint16_t crc_errors, unknown, gaps, unsent;
};
extern Counters counters;

void start();

bool receive(uint8_t byte);  // true when a frame has come: messages that are all known and complete

// That frame, to be read before the next byte.
struct Frame {
  uint8_t sequence;
  uint8_t messages[kMaxDecoded - 1];
};
extern Frame frame;
extern uint8_t frame_size;  // bytes of its messages

void send(uint8_t id, const void* body, uint8_t size);
bool room_for(uint8_t bytes);  // counts what has none

template <typename Message>
constexpr uint8_t kOnTheWire = sizeof(Message) + 7;  // zeros, code, sequence number, id, checksum

// A report: dropped when there is no room for it.
template <typename Message>
void send(const Message& message) {
  if (room_for(kOnTheWire<Message>)) send(Message::kId, &message, sizeof message);
}

void begin_frame();  // a servo frame: so many answers may be given until the next
bool answers_left();

// Asked before an answer is made: what nobody can hear costs no time, nor is any spent where it lacks. Answers leave
// room for the reports of a servo frame, so that no amount of questions blinds the host.
template <typename Message>
bool may_answer() {
  return answers_left() && room_for(kOnTheWire<Message> + kOnTheWire<Pose> + kOnTheWire<Status> + kOnTheWire<Touch>);
}

}  // namespace bowlby::line

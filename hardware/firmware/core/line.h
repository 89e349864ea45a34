// Frames of the line: 0x00, COBS(sequence, messages, CRC-16/CCITT big-endian), 0x00.
#pragma once
#include "messages.h"

namespace bowlby::line {

struct Counters {
  uint16_t crc_errors, unknown, gaps, unsent;
};
extern Counters counters;

void start();
void receive(uint8_t byte);  // calls handle() once for each whole frame

// The core's dispatcher: `size` bytes of messages that are all known and complete.
void handle(uint8_t sequence, const uint8_t* messages, uint8_t size);

void send(uint8_t id, const void* body, uint8_t size);

template <typename Message>
void send(const Message& message) {
  send(Message::kId, &message, sizeof message);
}

}  // namespace bowlby::line

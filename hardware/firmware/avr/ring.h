// Bytes from one side of an interrupt to the other. One writer, one reader; no locks.
#pragma once
#include <stdint.h>

namespace avr {

template <uint16_t kSize>  // a power of two, at most 256
class Ring {
 public:
  bool put(uint8_t byte) {
    const uint8_t head = head_;
    const uint8_t next = static_cast<uint8_t>((head + 1) & (kSize - 1));
    if (next == tail_) return false;
    bytes_[head] = byte;
    head_ = next;
    return true;
  }

  bool take(uint8_t& byte) {
    const uint8_t tail = tail_;
    if (tail == head_) return false;
    byte = bytes_[tail];
    tail_ = static_cast<uint8_t>((tail + 1) & (kSize - 1));
    return true;
  }

  uint8_t ago(uint8_t n) const { return bytes_[static_cast<uint8_t>(head_ - 1 - n) & (kSize - 1)]; }  // 0: put last

  uint8_t held() const { return static_cast<uint8_t>((head_ - tail_) & (kSize - 1)); }

  uint8_t room() const { return static_cast<uint8_t>((tail_ - head_ - 1) & (kSize - 1)); }

 private:
  volatile uint8_t bytes_[kSize];
  volatile uint8_t head_ = 0, tail_ = 0;
};

}  // namespace avr

// Whole-number helpers that give the same result on 8-bit and 32-bit machines.
#pragma once
#include <stdint.h>

namespace bowlby {

template <typename T>
constexpr T clamp(T value, T low, T high) {
  return value < low ? low : (value > high ? high : value);
}

constexpr uint16_t bit(uint8_t channel) { return static_cast<uint16_t>(1u << channel); }

template <typename T>
uint16_t square_root_of(T x) {
  T root = 0;
  for (T bit = static_cast<T>(T{1} << (8 * sizeof(T) - 2)); bit; bit = static_cast<T>(bit >> 2)) {
    if (x >= root + bit) {
      x = static_cast<T>(x - (root + bit));
      root = static_cast<T>((root >> 1) + bit);
    } else {
      root = static_cast<T>(root >> 1);
    }
  }
  return static_cast<uint16_t>(root);
}

// Small numbers take an 8-bit processor a quarter of the time of large ones; most are small.
inline uint16_t square_root(uint32_t x) {
  return x <= 0xffff ? square_root_of(static_cast<uint16_t>(x)) : square_root_of(x);
}

inline uint32_t divide(uint32_t n, uint16_t by) {
  uint16_t high = static_cast<uint16_t>(n >> 16), low = static_cast<uint16_t>(n);
  if (high == 0) return low / by;
  if (high >= by) return n / by;
  for (uint8_t bit = 16; bit; --bit) {  // the quotient has 16 bits
    const bool carry = high & 0x8000;
    high = static_cast<uint16_t>(high << 1 | low >> 15);
    low = static_cast<uint16_t>(low << 1);
    if (carry || high >= by) {
      high = static_cast<uint16_t>(high - by);
      low |= 1;
    }
  }
  return low;
}

// Minimum jerk (Flash and Hogan 1985): 10 t^3 - 15 t^4 + 6 t^5, with t and the result in 0..32768.
inline int32_t minimum_jerk(int32_t t) {
  const int32_t t2 = (t * t) >> 15;
  const int32_t t3 = (t2 * t) >> 15;
  return (t3 * (10 * 32768L - 15 * t + 6 * t2)) >> 15;
}

}  // namespace bowlby

// Whole-number helpers that give the same result on 8-bit and 32-bit machines.
#pragma once
#include <stdint.h>

namespace bowlby {

template <typename T>
constexpr T clamp(T value, T low, T high) {
  return value < low ? low : (value > high ? high : value);
}

inline uint16_t square_root(uint32_t x) {
  uint32_t root = 0;
  uint32_t bit = 1UL << 30;
  while (bit > x) bit >>= 2;
  for (; bit; bit >>= 2) {
    if (x >= root + bit) {
      x -= root + bit;
      root = (root >> 1) + bit;
    } else {
      root >>= 1;
    }
  }
  return static_cast<uint16_t>(root);
}

// Minimum jerk (Flash and Hogan 1985): 10 t^3 - 15 t^4 + 6 t^5, with t and the result in 0..32768.
inline int32_t minimum_jerk(int32_t t) {
  const int32_t t2 = (t * t) >> 15;
  const int32_t t3 = (t2 * t) >> 15;
  return (t3 * (10 * 32768L - 15 * t + 6 * t2)) >> 15;
}

}  // namespace bowlby

// The few registers of the RP2040 that the board layer uses (RP2040 datasheet, chapters 2 and 4).
#pragma once
#include <stdint.h>

namespace rp2040 {

inline volatile uint32_t& reg(uint32_t address) { return *reinterpret_cast<volatile uint32_t*>(address); }

constexpr uint32_t kClocks = 0x40008000, kResets = 0x4000c000, kIo = 0x40014000, kPads = 0x4001c000;
constexpr uint32_t kXosc = 0x40024000, kUart = 0x40034000, kSpi = 0x4003c000, kI2c = 0x40044000, kAdc = 0x4004c000;
constexpr uint32_t kPwm = 0x40050000, kTimer = 0x40054000, kWatchdogBase = 0x40058000, kChip = 0x40064000;
constexpr uint32_t kSio = 0xd0000000, kPsm = 0x40010000, kPll = 0x40028000;
constexpr uint32_t kInterrupts = 0xe000e100, kVectors = 0xe000ed08;  // of the Cortex-M0+
constexpr uint32_t kTimerInterrupt = 0, kUartInterrupt = 20;
constexpr uint32_t kSet = 0x2000;    // alias of a peripheral that sets the bits written
constexpr uint32_t kClear = 0x3000;  // alias of a peripheral that clears the bits written

enum Function : uint32_t { kFunctionSpi = 1, kFunctionUart = 2, kFunctionI2c = 3, kFunctionPwm = 4, kFunctionSio = 5 };

inline void use(uint32_t pin, Function function) { reg(kIo + 8 * pin + 4) = function; }
inline void pull_up(uint32_t pin) { reg(kPads + 4 + 4 * pin) = 1 << 6 | 1 << 3; }
inline bool level(uint32_t pin) { return reg(kSio + 0x04) >> pin & 1; }
inline void drive(uint32_t pin, bool high) { reg(kSio + (high ? 0x14 : 0x18)) = 1u << pin; }
inline void make_output(uint32_t pin) { reg(kSio + 0x24) = 1u << pin; }
inline void make_input(uint32_t pin) { reg(kSio + 0x28) = 1u << pin; }

}  // namespace rp2040

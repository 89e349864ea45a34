// From reset to run(): the program is copied into RAM, memory is zeroed; and the two functions that the compiler takes for
// granted.
#include <stddef.h>
#include <stdint.h>

#include "registers.h"

extern "C" {
extern uint32_t ram_begin, ram_end, ram_image, bss_begin, bss_end, stack_top;
[[noreturn]] void run();
void on_uart();
void on_alarm();

// Nothing goes on after a fault: the watchdog restarts the board, and says so.
[[noreturn]] void on_fault() {
  for (;;) {
  }
}

using Handler = void (*)();

struct Interrupts {
  uint32_t* stack;
  Handler handlers[47];
};

constexpr Interrupts make_interrupts() {
  Interrupts all{&stack_top, {}};
  for (Handler& handler : all.handlers) handler = on_fault;
  all.handlers[15 + rp2040::kTimerInterrupt] = on_alarm;
  all.handlers[15 + rp2040::kUartInterrupt] = on_uart;
  return all;
}

extern const Interrupts interrupts __attribute__((section(".interrupts"), aligned(256)));
const Interrupts interrupts = make_interrupts();

[[noreturn]] void __attribute__((section(".reset"), used)) reset() {
  const volatile uint32_t* from = &ram_image;
  for (volatile uint32_t* at = &ram_begin; at < &ram_end; ++at) *at = *from++;
  for (volatile uint32_t* at = &bss_begin; at < &bss_end; ++at) *at = 0;
  rp2040::reg(rp2040::kVectors) = reinterpret_cast<uint32_t>(&interrupts);
  run();
}

void* memset(void* to, int value, size_t size) {
  for (volatile uint8_t* at = static_cast<uint8_t*>(to); size; --size) *at++ = static_cast<uint8_t>(value);
  return to;
}

void* memcpy(void* to, const void* from, size_t size) {
  const uint8_t* source = static_cast<const uint8_t*>(from);
  for (volatile uint8_t* at = static_cast<uint8_t*>(to); size; --size) *at++ = *source++;
  return to;
}
}

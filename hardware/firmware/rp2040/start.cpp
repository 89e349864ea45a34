// From reset to run(): the stack, zeroed memory, and the two functions that the compiler takes for granted.
// The linker script puts entry() first.
#include <stddef.h>
#include <stdint.h>

extern "C" {
extern uint32_t bss_begin, bss_end;
[[noreturn]] void run();

[[noreturn]] void __attribute__((section(".entry"), used, naked)) entry() {
  asm volatile("ldr r0, =stack_top\n mov sp, r0\n ldr r0, =zero_and_run\n bx r0\n");
  __builtin_unreachable();
}

[[noreturn]] void __attribute__((used)) zero_and_run() {
  for (volatile uint32_t* at = &bss_begin; at < &bss_end; ++at) *at = 0;
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

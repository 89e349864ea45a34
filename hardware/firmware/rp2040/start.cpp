// From reset to run(): the stack, zeroed memory. The linker script puts entry() first.
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
}

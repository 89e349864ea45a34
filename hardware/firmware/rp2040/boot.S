// Second-stage boot loader: the first 256 bytes of the flash, which the boot ROM checks, copies into RAM and calls. It
// lets the flash be read like memory by the plain serial command 03h, which every chip knows (RP2040 datasheet, 2.8.1
// and 4.10), and jumps through the vector table behind it. `image.py` fills in its checksum.
.syntax unified
.cpu cortex-m0plus
.thumb
.section .boot2, "ax"
.global boot2
boot2:
  ldr r3, =0x18000000      // XIP_SSI
  movs r1, #0
  str r1, [r3, #0x08]      // off, to be set up
  movs r1, #4
  str r1, [r3, #0x14]      // a quarter of the processor's clock
  ldr r1, =0x001f0300      // one wire, 32 bits at a time, command and address first
  str r1, [r3, #0x00]
  movs r1, #0
  str r1, [r3, #0x04]
  ldr r0, =0x180000f4
  ldr r1, =0x03000218      // command 03h of 8 bits, 24 bits of address
  str r1, [r0]
  movs r1, #1
  str r1, [r3, #0x08]
  ldr r0, =0x10000100
  ldr r1, =0xe000ed08      // vector table
  str r0, [r1]
  ldmia r0!, {r1, r2}
  msr msp, r1
  bx r2
.ltorg

// What the processor begins with, still in flash.
.section .vectors, "a"
  .word stack_top, reset + 1

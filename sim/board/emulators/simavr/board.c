// A simulated ATmega328P in lock-step with whoever writes to its standard input. Part of the tests, never shipped:
// simavr is GPLv3, and so is this program when it is built.
//
// Commands (little-endian):             Answers
//   R us:u32 n:u32 bytes   run            size:u32, records
//   I pads:u8 muted:u8 mv:u16             none
//   X mcusr:u8             reset          none
//   H                      hang           none: the main loop is lost in an endless one, interrupts go on
//   S                      statistics     cycles:u64 lost:u32
//   P what:u8              PCA9685        none: 1 it is fitted, 2 a wire of its bus is held low, 4 its supply was away
// A record is kind:u8 cycle:u64 size:u16 and `size` bytes:
//   1 a byte left the UART   2 an edge of a servo pin (channel, level)   3 a picture went to the lights
//   4 a transfer to the PCA9685 has ended (register, values)   5 its outputs are enabled or not (by OE, pulled up)
#include "board.h"
#include <simavr/sim_elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MCUSR = 0x54 };

avr_t *avr;
static FILE *answers;

// ---------------------------------------------------------------- records

static uint8_t *out;
static size_t out_size, out_room;

void record(uint8_t kind, uint64_t cycle, const uint8_t *bytes, uint16_t size) {
  if (out_size + 11 + size > out_room) out = realloc(out, out_room = 2 * out_room + 4096 + size);
  out[out_size] = kind;
  memcpy(out + out_size + 1, &cycle, 8);
  memcpy(out + out_size + 9, &size, 2);
  memcpy(out + out_size + 11, bytes, size);
  out_size += 11u + size;
}

// ---------------------------------------------------------------- the processor

static uint64_t horizon;  // the processor runs to here, then the wire is looked after

static avr_cycle_count_t stop(avr_t *a, avr_cycle_count_t when, void *param) {
  (void)a, (void)when, (void)param;
  return 0;
}

void stop_at(uint64_t cycle) {
  if (cycle < horizon) horizon = cycle;
  avr_cycle_timer_cancel(avr, stop, NULL);
  avr_cycle_timer_register(avr, horizon > avr->cycle ? horizon - avr->cycle : 1, stop, NULL);
}

// avr_clear_interrupt leaves the vector in the queue, and raising it again adds another: 64 of them, while interrupts
// are off and the firmware polls, push every other interrupt out of it. So one that is still queued is only marked.
void raise_once(avr_int_vector_t *vector) {
  avr_int_pending_t *queue = &avr->interrupts.pending;
  for (uint32_t i = queue->read; i != queue->write; i = (i + 1) % 64) {
    if (queue->buffer[i] != vector) continue;
    vector->pending = 1;
    if (!avr->interrupt_state) avr->interrupt_state = 1;
    return;
  }
  avr_raise_interrupt(avr, vector);
}

avr_int_vector_t *vector_of(int number) {
  for (int i = 0; i < avr->interrupts.vector_count; ++i) {
    if (avr->interrupts.vector[i]->vector == number) return avr->interrupts.vector[i];
  }
  return NULL;
}

void hook(avr_io_addr_t address, avr_io_read_t read, avr_io_write_t write) {
  const int i = AVR_DATA_TO_IO(address);
  avr->io[i].r.c = read;
  avr->io[i].w.c = write;
}

static void (*core_reset)(avr_t *);
static int was_reset;

static void note_reset(avr_t *a) {
  if (core_reset) core_reset(a);
  was_reset = 1;
}

static void reset_parts(void) {
  was_reset = 0;
  uart_reset();
  i2c_reset();
}

static void no_sleep(avr_t *a, avr_cycle_count_t cycles) { (void)a, (void)cycles; }

static void run(uint64_t until) {
  while (avr->cycle < until) {
    horizon = until < avr->cycle + GAP_CYCLES ? until : avr->cycle + GAP_CYCLES;
    horizon = i2c_before(uart_before(horizon));
    stop_at(horizon);
    while (avr->cycle < horizon) {
      const int state = avr_run(avr);
      if (was_reset) reset_parts();  // by the watchdog
      if (state == cpu_Done || state == cpu_Crashed) {
        fprintf(stderr, "the processor stopped at %#x\n", avr->pc);
        exit(3);
      }
    }
    uart_look();
    i2c_look();
    lights_look();
  }
}

static void hang(void) {
  while (!avr->sreg[S_I]) avr_run(avr);  // the main loop, not an interrupt
  for (uint32_t at = 0; at < avr->flashend; at += 2) {
    if ((avr->flash[at] | avr->flash[at + 1] << 8) != 0xcfff) continue;  // rjmp to itself, where avr-libc's exit ends
    avr->pc = at;
    return;
  }
  fprintf(stderr, "no endless loop in this image\n");
  exit(2);
}

// ---------------------------------------------------------------- commands

static void need(void *to, size_t size) {
  if (fread(to, 1, size, stdin) != size) exit(0);
}

static void command_run(void) {
  uint32_t head[2];
  need(head, sizeof head);
  need(uart_room(head[1]), head[1]);
  static uint64_t until;
  until += (uint64_t)head[0] * 16;
  out_size = 0;
  run(until);
  const uint32_t size = (uint32_t)out_size;
  fwrite(&size, 4, 1, answers);
  fwrite(out, 1, out_size, answers);
}

int main(int argc, char **argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: board firmware.elf ws2812|sk9822\n");
    return 2;
  }
  answers = fdopen(dup(1), "wb");
  dup2(2, 1);  // simavr talks on standard output
  elf_firmware_t firmware = {0};
  if (elf_read_firmware(argv[1], &firmware)) return 2;
  avr = avr_make_mcu_by_name("atmega328p");
  avr_init(avr);
  avr->log = LOG_ERROR;
  avr->frequency = 16000000;
  avr->vcc = avr->avcc = avr->aref = 5000;
  avr_load_firmware(avr, &firmware);
  avr->frequency = 16000000;
  avr->sleep = no_sleep;
  core_reset = avr->reset;
  avr->reset = note_reset;
  avr->run_cycle_limit = 16000;
  uart_begin();
  i2c_begin();
  pins_begin();
  lights_begin(!strcmp(argv[2], "ws2812"));
  reset_parts();
  set_inputs(0, 0, 5000);
  avr->data[MCUSR] = 1;  // power-on
  for (int command; (command = getchar()) != EOF;) {
    if (command == 'R') {
      command_run();
    } else if (command == 'I') {
      uint8_t row[4];
      need(row, 4);
      set_inputs(row[0], row[1], (uint16_t)(row[2] | row[3] << 8));
    } else if (command == 'X') {
      uint8_t why;
      need(&why, 1);
      avr_reset(avr);
      reset_parts();
      uart_forget();
      set_inputs(0, 0, 5000);
      avr->data[MCUSR] = why;
    } else if (command == 'P') {
      uint8_t what;
      need(&what, 1);
      i2c_set(what & 1, what >> 1 & 1, what & 4);
      set_port_c();
    } else if (command == 'H') {
      hang();
    } else if (command == 'S') {
      const uint64_t cycles = avr->cycle;
      fwrite(&cycles, 8, 1, answers);
      const uint32_t lost = uart_lost();
      fwrite(&lost, 4, 1, answers);
    } else {
      return 2;
    }
    fflush(answers);
  }
  return 0;
}

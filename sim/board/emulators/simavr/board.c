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
//
// simavr's own UART is put out of the way: it takes 11 bit times a byte and never overruns. Here a byte takes 10, and
// the receiver holds three.
#include <simavr/avr_adc.h>
#include <simavr/avr_extint.h>
#include <simavr/avr_ioport.h>
#include <simavr/sim_avr.h>
#include <simavr/sim_elf.h>
#include <simavr/sim_interrupts.h>
#include <simavr/sim_io.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TWSR = 0xb9, TWDR = 0xbb, TWCR = 0xbc, PORTC = 0x28, DDRC = 0x27 };
enum { TWINT = 7, TWSTA = 5, TWSTO = 4, TWEN = 2, TWIE = 0 };
enum { BIT_CYCLES = 160, CHIP = 0x40, OE = 3 };  // of the bus, at 100 kHz
enum { UCSR0A = 0xc0, UCSR0B = 0xc1, UDR0 = 0xc6, SPDR = 0x4e, MCUSR = 0x54 };
enum { RXC0 = 7, UDRE0 = 5, DOR0 = 3, RXCIE0 = 7, UDRIE0 = 5 };
enum { BYTE_CYCLES = 320, RECEIVER = 3, PICTURE = 1024, GAP_CYCLES = 1600 };

static avr_t *avr;
static FILE *answers;
static avr_int_vector_t *rx_vector, *udre_vector, *twi_vector;

// ---------------------------------------------------------------- records

static uint8_t *out;
static size_t out_size, out_room;

static void record(uint8_t kind, uint64_t cycle, const uint8_t *bytes, uint16_t size) {
  if (out_size + 11 + size > out_room) out = realloc(out, out_room = 2 * out_room + 4096 + size);
  out[out_size] = kind;
  memcpy(out + out_size + 1, &cycle, 8);
  memcpy(out + out_size + 9, &size, 2);
  memcpy(out + out_size + 11, bytes, size);
  out_size += 11u + size;
}

// ---------------------------------------------------------------- UART

static uint8_t *to_send;
static size_t sending, sending_end;
static uint64_t next_rx;
static uint8_t fifo[RECEIVER];
static int held;
static uint32_t lost;
static int shifting, buffered;
static uint8_t shift_byte, buffer_byte;
static uint64_t tx_done;
static uint64_t horizon;  // the processor runs to here, then the wire is looked after

static avr_cycle_count_t stop(avr_t *a, avr_cycle_count_t when, void *param) {
  (void)a, (void)when, (void)param;
  return 0;
}

static void stop_at(uint64_t cycle) {
  if (cycle < horizon) horizon = cycle;
  avr_cycle_timer_cancel(avr, stop, NULL);
  avr_cycle_timer_register(avr, horizon > avr->cycle ? horizon - avr->cycle : 1, stop, NULL);
}

// avr_clear_interrupt leaves the vector in the queue, and raising it again adds another: 64 of them, while interrupts
// are off and the firmware polls, push every other interrupt out of it. So one that is still queued is only marked.
static void raise_once(avr_int_vector_t *vector) {
  avr_int_pending_t *queue = &avr->interrupts.pending;
  for (uint32_t i = queue->read; i != queue->write; i = (i + 1) % 64) {
    if (queue->buffer[i] != vector) continue;
    vector->pending = 1;
    if (!avr->interrupt_state) avr->interrupt_state = 1;
    return;
  }
  avr_raise_interrupt(avr, vector);
}

static void show_rx(void) {
  if (held) {
    avr->data[UCSR0A] |= 1 << RXC0;
    raise_once(rx_vector);
  } else {
    avr->data[UCSR0A] &= (uint8_t)~(1 << RXC0);
    avr_clear_interrupt(avr, rx_vector);
  }
}

static void show_udre(void) {
  if (!buffered) {
    avr->data[UCSR0A] |= 1 << UDRE0;
    if (avr->data[UCSR0B] & (1 << UDRIE0)) raise_once(udre_vector);
  } else {
    avr->data[UCSR0A] &= (uint8_t)~(1 << UDRE0);
    avr_clear_interrupt(avr, udre_vector);
  }
}

static void arrive(uint8_t byte) {
  if (held == RECEIVER) {
    ++lost;
    avr->data[UCSR0A] |= 1 << DOR0;
    return;
  }
  fifo[held++] = byte;
  show_rx();
}

static uint8_t read_udr(avr_t *a, avr_io_addr_t addr, void *param) {
  (void)a, (void)addr, (void)param;
  const uint8_t byte = fifo[0];
  if (held) memmove(fifo, fifo + 1, (size_t)--held);
  avr->data[UCSR0A] &= (uint8_t)~(1 << DOR0);
  show_rx();
  return byte;
}

static void write_udr(avr_t *a, avr_io_addr_t addr, uint8_t value, void *param) {
  (void)a, (void)addr, (void)param;
  if (!shifting) {
    shifting = 1;
    shift_byte = value;
    tx_done = avr->cycle + BYTE_CYCLES;
    stop_at(tx_done);
  } else {
    buffered = 1;
    buffer_byte = value;
  }
  show_udre();
}

static uint8_t read_status(avr_t *a, avr_io_addr_t addr, void *param) {
  (void)a, (void)addr, (void)param;
  return avr->data[UCSR0A];
}

static void write_status(avr_t *a, avr_io_addr_t addr, uint8_t value, void *param) {
  (void)a, (void)addr, (void)param;
  const uint8_t ours = (1 << RXC0) | (1 << UDRE0) | (1 << DOR0);
  avr->data[UCSR0A] = (uint8_t)((avr->data[UCSR0A] & ours) | (value & ~ours));
}

static void write_control(avr_t *a, avr_io_addr_t addr, uint8_t value, void *param) {
  (void)a, (void)addr, (void)param;
  avr->data[UCSR0B] = value;
  if (value & (1 << UDRIE0)) show_udre();
  else avr_clear_interrupt(avr, udre_vector);
  if (value & (1 << RXCIE0)) show_rx();
}

// ---------------------------------------------------------------- I2C

// The PCA9685 as its bus sees it. What its registers come to is for the reader of the records.
static uint8_t registers[256] = {0x11}, at_register;
static uint8_t transfer[80];
static int transferred;      // bytes of it
static int fitted = 1, wire_held, enabled, muted_now;
static int on_bus, reading, addressed;  // between start and stop; what the address said; a byte goes that is one
static uint64_t twi_done;    // when what was asked of the block is; 0: nothing is
static uint8_t twi_status;

static void after(int bits, uint8_t status) {
  twi_done = avr->cycle + (uint64_t)bits * BIT_CYCLES;
  twi_status = status;
  stop_at(twi_done);
}

static void end_transfer(void) {
  if (transferred > 1) record(4, avr->cycle, transfer, (uint16_t)transferred);
  transferred = on_bus = 0;
}

static void put_on_bus(uint8_t byte) {
  if (addressed) {
    addressed = 0;
    reading = byte & 1;
    const int there = fitted && byte >> 1 == CHIP;
    if (there && !reading && transferred > 1) record(4, avr->cycle, transfer, (uint16_t)transferred);
    if (!reading) transferred = 0;
    after(9, (uint8_t)(reading ? (there ? 0x40 : 0x48) : there ? 0x18 : 0x20));
    return;
  }
  if (transferred == 0) {
    at_register = byte;
  } else {
    registers[at_register] = byte;
    if (registers[0] & 0x20) ++at_register;
  }
  if (transferred < (int)sizeof transfer) transfer[transferred++] = byte;
  after(9, fitted ? 0x28 : 0x30);
}

static void write_twcr(avr_t *a, avr_io_addr_t addr, uint8_t value, void *param) {
  (void)a, (void)addr, (void)param;
  if (!(value & (1 << TWEN))) {
    avr->data[TWCR] = 0;
    avr_clear_interrupt(avr, twi_vector);
    twi_done = 0;
    transferred = on_bus = 0;
    return;
  }
  avr->data[TWCR] = (uint8_t)((avr->data[TWCR] & (1 << TWINT)) | (value & ~(1 << TWINT)));
  if (!(value & (1 << TWINT))) return;
  avr->data[TWCR] &= (uint8_t)~(1 << TWINT);
  avr_clear_interrupt(avr, twi_vector);
  if (value & (1 << TWSTO)) {
    avr->data[TWCR] &= (uint8_t)~(1 << TWSTO);
    end_transfer();
  } else if (value & (1 << TWSTA)) {
    if (wire_held) return;  // the bus is busy, for ever
    after(1, on_bus ? 0x10 : 0x08);
    on_bus = addressed = 1;
  } else if (reading && !addressed) {
    avr->data[TWDR] = registers[at_register];
    after(9, 0x58);
  } else {
    put_on_bus(avr->data[TWDR]);
  }
}

static void twi_is_done(void) {
  twi_done = 0;
  avr->data[TWSR] = twi_status;
  avr->data[TWCR] |= 1 << TWINT;
  if (avr->data[TWCR] & (1 << TWIE)) raise_once(twi_vector);
}

// OE has a pull-up: it is low only while it is driven low.
static void look_at_oe(void) {
  const int on = (avr->data[DDRC] >> OE & 1) && !(avr->data[PORTC] >> OE & 1);
  if (on == enabled) return;
  enabled = on;
  const uint8_t row = (uint8_t)on;
  record(5, avr->cycle, &row, 1);
}

static void (*core_reset)(avr_t *);
static int was_reset;

static void note_reset(avr_t *a) {
  if (core_reset) core_reset(a);
  was_reset = 1;
}

static void reset_uart(void) {
  held = shifting = buffered = was_reset = 0;
  twi_done = 0;
  transferred = on_bus = 0;
  avr->data[UCSR0A] = 1 << UDRE0;
}

static void hook(avr_io_addr_t address, avr_io_read_t read, avr_io_write_t write) {
  const int i = AVR_DATA_TO_IO(address);
  avr->io[i].r.c = read;
  avr->io[i].w.c = write;
}

// ---------------------------------------------------------------- pins and lights

static const struct { char port; int bit; } servos[] = {
    {'D', 4}, {'D', 5}, {'D', 6}, {'D', 7}, {'B', 1}, {'B', 2}, {'B', 0}, {'C', 3}};

static uint8_t picture[PICTURE];
static int picture_bits;
static uint64_t rose, last_light;

static void edge(struct avr_irq_t *irq, uint32_t value, void *param) {
  (void)irq;
  static uint8_t levels;
  const uint8_t bit = (uint8_t)(1 << (intptr_t)param);
  if (!(levels & bit) == !value) return;  // simavr tells of writes that change nothing
  levels ^= bit;
  const uint8_t row[2] = {(uint8_t)(intptr_t)param, (uint8_t)value};
  record(2, avr->cycle, row, 2);
}

static void end_picture(void) {
  if (picture_bits >= 8) record(3, last_light, picture, (uint16_t)(picture_bits / 8));
  picture_bits = 0;
}

static void light_bit(int one) {
  if (picture_bits / 8 == PICTURE) return;
  if (picture_bits % 8 == 0) picture[picture_bits / 8] = 0;
  picture[picture_bits / 8] = (uint8_t)(picture[picture_bits / 8] << 1 | one);
  ++picture_bits;
}

static void ws2812(struct avr_irq_t *irq, uint32_t value, void *param) {
  (void)irq, (void)param;
  static uint32_t level;
  if (value == level) return;
  level = value;
  if (value) {
    rose = avr->cycle;
    return;
  }
  last_light = avr->cycle;
  light_bit(avr->cycle - rose > 9);
}

static void write_spi(avr_t *a, avr_io_addr_t addr, uint8_t value, void *param) {
  (void)a, (void)addr, (void)param;
  static uint64_t before;
  if (avr->cycle - before < 16) fprintf(stderr, "a byte was written into SPI while one was on the wire\n");
  before = last_light = avr->cycle;
  for (int bit = 7; bit >= 0; --bit) light_bit(value >> bit & 1);
}

static avr_irq_t *pin(char port, int bit) { return avr_io_getirq(avr, AVR_IOCTL_IOPORT_GETIRQ(port), bit); }

// ---------------------------------------------------------------- running

static void no_sleep(avr_t *a, avr_cycle_count_t cycles) { (void)a, (void)cycles; }

static void run(uint64_t until) {
  while (avr->cycle < until) {
    horizon = until < avr->cycle + GAP_CYCLES ? until : avr->cycle + GAP_CYCLES;
    if (sending < sending_end && next_rx < horizon) horizon = next_rx;
    if (shifting && tx_done < horizon) horizon = tx_done;
    if (twi_done && twi_done < horizon) horizon = twi_done;
    stop_at(horizon);
    while (avr->cycle < horizon) {
      const int state = avr_run(avr);
      if (was_reset) reset_uart();  // by the watchdog
      if (state == cpu_Done || state == cpu_Crashed) {
        fprintf(stderr, "the processor stopped at %#x\n", avr->pc);
        exit(3);
      }
    }
    if (sending < sending_end && avr->cycle >= next_rx) {
      arrive(to_send[sending++]);
      next_rx += BYTE_CYCLES;
    }
    if (shifting && avr->cycle >= tx_done) {
      record(1, tx_done, &shift_byte, 1);
      shifting = buffered;
      if (buffered) {
        shift_byte = buffer_byte;
        tx_done += BYTE_CYCLES;
        buffered = 0;
      }
      show_udre();
    }
    if (twi_done && avr->cycle >= twi_done) twi_is_done();
    look_at_oe();
    if (picture_bits && avr->cycle - last_light >= GAP_CYCLES) end_picture();
  }
}

static void need(void *to, size_t size) {
  if (fread(to, 1, size, stdin) != size) exit(0);
}

static void command_run(void) {
  uint32_t head[2];
  need(head, sizeof head);
  const size_t waiting = sending_end - sending;
  uint8_t *all = malloc(waiting + head[1] + 1);
  memcpy(all, to_send + sending, waiting);
  need(all + waiting, head[1]);
  free(to_send);
  to_send = all;
  sending = 0;
  sending_end = waiting + head[1];
  if (!waiting && next_rx < avr->cycle + BYTE_CYCLES) next_rx = avr->cycle + BYTE_CYCLES;
  static uint64_t until;
  until += (uint64_t)head[0] * 16;
  out_size = 0;
  run(until);
  const uint32_t size = (uint32_t)out_size;
  fwrite(&size, 4, 1, answers);
  fwrite(out, 1, out_size, answers);
}

static void set_port_c(int muted) {
  const unsigned wires = wire_held ? 0 : 1u << 4 | 1u << 5;
  avr_ioport_external_t there = {.name = 'C', .mask = 1 << 1 | 1 << 4 | 1 << 5, .value = (unsigned)!muted << 1 | wires};
  avr_ioctl(avr, AVR_IOCTL_IOPORT_SET_EXTERNAL('C'), &there);  // beats the pull-ups
  avr_raise_irq(pin('C', 1), !muted);
  avr_raise_irq(pin('C', 4), !wire_held);
  avr_raise_irq(pin('C', 5), !wire_held);
}

static void set_inputs(uint8_t pads, uint8_t muted, uint16_t millivolts) {
  avr_raise_irq(pin('D', 2), pads & 1);
  avr_raise_irq(pin('D', 3), pads >> 1 & 1);
  muted_now = muted;
  set_port_c(muted);
  avr_raise_irq(avr_io_getirq(avr, AVR_IOCTL_ADC_GETIRQ, ADC_IRQ_ADC0), (uint32_t)millivolts * 10 / 61);
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
  avr_extint_set_strict_lvl_trig(avr, 0, 0);
  avr_extint_set_strict_lvl_trig(avr, 1, 0);
  for (int i = 0; i < avr->interrupts.vector_count; ++i) {
    if (avr->interrupts.vector[i]->vector == 18) rx_vector = avr->interrupts.vector[i];
    if (avr->interrupts.vector[i]->vector == 19) udre_vector = avr->interrupts.vector[i];
    if (avr->interrupts.vector[i]->vector == 24) twi_vector = avr->interrupts.vector[i];
  }
  hook(UDR0, read_udr, write_udr);
  hook(UCSR0A, read_status, write_status);
  hook(UCSR0B, NULL, write_control);
  hook(TWCR, NULL, write_twcr);
  hook(TWDR, NULL, NULL);
  for (intptr_t i = 0; i < 8; ++i) avr_irq_register_notify(pin(servos[i].port, servos[i].bit), edge, (void *)i);
  if (!strcmp(argv[2], "ws2812")) avr_irq_register_notify(pin('B', 3), ws2812, NULL);
  else hook(SPDR, NULL, write_spi);
  reset_uart();
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
      reset_uart();
      sending = sending_end = 0;
      set_inputs(0, 0, 5000);
      avr->data[MCUSR] = why;
    } else if (command == 'P') {
      uint8_t what;
      need(&what, 1);
      fitted = what & 1;
      wire_held = what >> 1 & 1;
      if (what & 4) {
        memset(registers, 0, sizeof registers);
        registers[0] = 0x11;
      }
      set_port_c(muted_now);
    } else if (command == 'H') {
      hang();
    } else if (command == 'S') {
      const uint64_t cycles = avr->cycle;
      fwrite(&cycles, 8, 1, answers);
      fwrite(&lost, 4, 1, answers);
    } else {
      return 2;
    }
    fflush(answers);
  }
  return 0;
}

// The UART. simavr's own is put out of the way: it takes 11 bit times a byte and never overruns. Here a byte takes 10,
// and the receiver holds three.
#include "board.h"
#include <stdlib.h>
#include <string.h>

enum { UCSR0A = 0xc0, UCSR0B = 0xc1, UDR0 = 0xc6 };
enum { RXC0 = 7, UDRE0 = 5, DOR0 = 3, RXCIE0 = 7, UDRIE0 = 5 };
enum { BYTE_CYCLES = 320, RECEIVER = 3 };

static avr_int_vector_t *rx_vector, *udre_vector;
static uint8_t *to_send;
static size_t sending, sending_end;
static uint64_t next_rx;
static uint8_t fifo[RECEIVER];
static int held;
static uint32_t lost;
static int shifting, buffered;
static uint8_t shift_byte, buffer_byte;
static uint64_t tx_done;

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

void uart_begin(void) {
  rx_vector = vector_of(18);
  udre_vector = vector_of(19);
  hook(UDR0, read_udr, write_udr);
  hook(UCSR0A, read_status, write_status);
  hook(UCSR0B, NULL, write_control);
}

void uart_reset(void) {
  held = shifting = buffered = 0;
  avr->data[UCSR0A] = 1 << UDRE0;
}

uint8_t *uart_room(size_t size) {
  const size_t waiting = sending_end - sending;
  uint8_t *all = malloc(waiting + size + 1);
  memcpy(all, to_send + sending, waiting);
  free(to_send);
  to_send = all;
  sending = 0;
  sending_end = waiting + size;
  if (!waiting && next_rx < avr->cycle + BYTE_CYCLES) next_rx = avr->cycle + BYTE_CYCLES;
  return all + waiting;
}

void uart_forget(void) { sending = sending_end = 0; }

uint32_t uart_lost(void) { return lost; }

uint64_t uart_before(uint64_t cycle) {
  if (sending < sending_end && next_rx < cycle) cycle = next_rx;
  if (shifting && tx_done < cycle) cycle = tx_done;
  return cycle;
}

void uart_look(void) {
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
}

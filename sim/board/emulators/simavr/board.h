// What the parts of the simulated board share: the processor, its records, and what each part lets the others do.
#pragma once
#include <simavr/sim_avr.h>
#include <simavr/sim_interrupts.h>
#include <simavr/sim_io.h>
#include <stddef.h>
#include <stdint.h>

enum { GAP_CYCLES = 1600 };  // after which a picture is over, and at most between two looks at the parts

// board.c
extern avr_t *avr;
void record(uint8_t kind, uint64_t cycle, const uint8_t *bytes, uint16_t size);
void stop_at(uint64_t cycle);  // the processor runs no further before the parts are looked after
void raise_once(avr_int_vector_t *vector);
avr_int_vector_t *vector_of(int number);
void hook(avr_io_addr_t address, avr_io_read_t read, avr_io_write_t write);

// uart.c
void uart_begin(void);
void uart_reset(void);
uint8_t *uart_room(size_t size);  // for so many bytes more, which are on their way then
void uart_forget(void);           // what was on its way
uint32_t uart_lost(void);
uint64_t uart_before(uint64_t cycle);  // when it must be looked after, at most then
void uart_look(void);

// i2c.c
void i2c_begin(void);
void i2c_reset(void);
void i2c_set(int fitted, int held, int away);
int i2c_held(void);  // a wire of the bus is
uint64_t i2c_before(uint64_t cycle);
void i2c_look(void);

// pins.c
avr_irq_t *pin(char port, int bit);
void pins_begin(void);
void set_inputs(uint8_t pads, uint8_t muted, uint16_t millivolts);
void set_port_c(void);  // as the switch and the wires of the bus are now

// lights.c
void lights_begin(int on_one_wire);
void lights_look(void);

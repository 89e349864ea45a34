// The I2C block, the PCA9685 on its bus, and the pin that enables that one's outputs.
#include "board.h"
#include <string.h>

enum { TWSR = 0xb9, TWDR = 0xbb, TWCR = 0xbc, PORTC = 0x28, DDRC = 0x27 };
enum { TWINT = 7, TWSTA = 5, TWSTO = 4, TWEN = 2, TWIE = 0 };
enum { BIT_CYCLES = 160, CHIP = 0x40, OE = 3 };  // of the bus, at 100 kHz

static avr_int_vector_t *twi_vector;

// The PCA9685 as its bus sees it. What its registers come to is for the reader of the records.
static uint8_t registers[256] = {0x11}, at_register;
static uint8_t transfer[80];
static int transferred;      // bytes of it
static int fitted = 1, wire_held, enabled;
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

void i2c_begin(void) {
  twi_vector = vector_of(24);
  hook(TWCR, NULL, write_twcr);
  hook(TWDR, NULL, NULL);
}

void i2c_reset(void) {
  twi_done = 0;
  transferred = on_bus = 0;
}

void i2c_set(int there, int held, int away) {
  fitted = there;
  wire_held = held;
  if (!away) return;
  memset(registers, 0, sizeof registers);
  registers[0] = 0x11;
}

int i2c_held(void) { return wire_held; }

uint64_t i2c_before(uint64_t cycle) { return twi_done && twi_done < cycle ? twi_done : cycle; }

void i2c_look(void) {
  if (twi_done && avr->cycle >= twi_done) twi_is_done();
  look_at_oe();
}

// The lights: bits on one wire (WS2812) or bytes by SPI (SK9822), put together to a picture that ends with a gap.
#include "board.h"
#include <stdio.h>

enum { SPDR = 0x4e, PICTURE = 1024 };

static uint8_t picture[PICTURE];
static int picture_bits;
static uint64_t rose, last_light;

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

void lights_begin(int on_one_wire) {
  if (on_one_wire) avr_irq_register_notify(pin('B', 3), ws2812, NULL);
  else hook(SPDR, NULL, write_spi);
}

void lights_look(void) {
  if (picture_bits && avr->cycle - last_light >= GAP_CYCLES) end_picture();
}

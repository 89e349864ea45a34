// The pins: edges of the servos go out, the pads, the mute switch and the supply come in.
#include "board.h"
#include <simavr/avr_adc.h>
#include <simavr/avr_extint.h>
#include <simavr/avr_ioport.h>

static const struct { char port; int bit; } servos[] = {
    {'D', 4}, {'D', 5}, {'D', 6}, {'D', 7}, {'B', 1}, {'B', 2}, {'B', 0}, {'C', 3}};

static int muted_now;

static void edge(struct avr_irq_t *irq, uint32_t value, void *param) {
  (void)irq;
  static uint8_t levels;
  const uint8_t bit = (uint8_t)(1 << (intptr_t)param);
  if (!(levels & bit) == !value) return;  // simavr tells of writes that change nothing
  levels ^= bit;
  const uint8_t row[2] = {(uint8_t)(intptr_t)param, (uint8_t)value};
  record(2, avr->cycle, row, 2);
}

avr_irq_t *pin(char port, int bit) { return avr_io_getirq(avr, AVR_IOCTL_IOPORT_GETIRQ(port), bit); }

void pins_begin(void) {
  avr_extint_set_strict_lvl_trig(avr, 0, 0);
  avr_extint_set_strict_lvl_trig(avr, 1, 0);
  for (intptr_t i = 0; i < 8; ++i) avr_irq_register_notify(pin(servos[i].port, servos[i].bit), edge, (void *)i);
}

void set_port_c(void) {
  const unsigned wires = i2c_held() ? 0 : 1u << 4 | 1u << 5;
  avr_ioport_external_t there = {
      .name = 'C', .mask = 1 << 1 | 1 << 4 | 1 << 5, .value = (unsigned)!muted_now << 1 | wires};
  avr_ioctl(avr, AVR_IOCTL_IOPORT_SET_EXTERNAL('C'), &there);  // beats the pull-ups
  avr_raise_irq(pin('C', 1), !muted_now);
  avr_raise_irq(pin('C', 4), !i2c_held());
  avr_raise_irq(pin('C', 5), !i2c_held());
}

void set_inputs(uint8_t pads, uint8_t muted, uint16_t millivolts) {
  avr_raise_irq(pin('D', 2), pads & 1);
  avr_raise_irq(pin('D', 3), pads >> 1 & 1);
  muted_now = muted;
  set_port_c();
  avr_raise_irq(avr_io_getirq(avr, AVR_IOCTL_ADC_GETIRQ, ADC_IRQ_ADC0), (uint32_t)millivolts * 10 / 61);
}

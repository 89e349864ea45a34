// Made from hardware/body/pins.toml by `python -m firmware_bridge.pins`. Do not edit.
#pragma once
#include <avr/io.h>

// Servos by channel: X(channel, port letter, bit).
#define SERVO_PINS(X) \
  X(0, D, 4) \
  X(1, D, 5) \
  X(2, D, 6) \
  X(3, D, 7) \
  X(4, B, 1) \
  X(5, B, 2) \
  X(6, B, 0)

#define LIGHT_DATA_PORT PORTB
#define LIGHT_DATA_DDR DDRB
#define LIGHT_DATA_PIN PINB
#define LIGHT_DATA_BIT 3  // D11: WS2812 data, or SK9822 data (SPI MOSI)
#define LIGHT_CLOCK_PORT PORTB
#define LIGHT_CLOCK_DDR DDRB
#define LIGHT_CLOCK_PIN PINB
#define LIGHT_CLOCK_BIT 5  // D13: SK9822 clock (SPI SCK); unused with WS2812
#define PAD_HEAD_PORT PORTD
#define PAD_HEAD_DDR DDRD
#define PAD_HEAD_PIN PIND
#define PAD_HEAD_BIT 2  // D2: touch module on the head, high when touched
#define PAD_BACK_PORT PORTD
#define PAD_BACK_DDR DDRD
#define PAD_BACK_PIN PIND
#define PAD_BACK_BIT 3  // D3: touch module on the back, high when touched
#define MUTE_SWITCH_PORT PORTC
#define MUTE_SWITCH_DDR DDRC
#define MUTE_SWITCH_PIN PINC
#define MUTE_SWITCH_BIT 1  // A1: closed to ground when the microphone's supply is cut (second pole of the switch)
#define MUTE_LIGHT_PORT PORTC
#define MUTE_LIGHT_DDR DDRC
#define MUTE_LIGHT_PIN PINC
#define MUTE_LIGHT_BIT 2  // A2: red LED through 1 kohm, lit by the firmware while muted
#define SUPPLY_PORT PORTC
#define SUPPLY_DDR DDRC
#define SUPPLY_PIN PINC
#define SUPPLY_BIT 0  // A0: servo supply through 51 kohm over 10 kohm, against the 1.1 V reference
#define BUS_DATA_PORT PORTC
#define BUS_DATA_DDR DDRC
#define BUS_DATA_PIN PINC
#define BUS_DATA_BIT 4  // A4: only with a PCA9685: its SDA (servos 0 to 7 then hang on its channels)
#define BUS_CLOCK_PORT PORTC
#define BUS_CLOCK_DDR DDRC
#define BUS_CLOCK_PIN PINC
#define BUS_CLOCK_BIT 5  // A5: only with a PCA9685: its SCL
#define SERVOS_OFF_PORT PORTC
#define SERVOS_OFF_DDR DDRC
#define SERVOS_OFF_PIN PINC
#define SERVOS_OFF_BIT 3  // A3: only with a PCA9685: its OE, and 1 kohm from it to VCC: a board that is reset lets go of it

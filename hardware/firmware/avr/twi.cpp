#include "twi.h"

#include <avr/interrupt.h>
#include <avr/io.h>
#include <util/delay.h>

#include "../core/output.h"
#include "clock.h"
#include "pins.h"

// A transfer begins with the second slot of its servo frame, to the moment, so that as much time lies between any two:
// it must not be less than a period of the chip. One that comes too late for that does not go out, which is a failure
// like others. A byte takes 90 us on the bus and its interrupt a few: a burst of eight channels is out in 3.5 ms. While
// interrupts are off, for a picture of WS2812 lights, the block holds the clock low, and the chip waits.

namespace avr::twi {
namespace {

constexpr uint8_t kGo = 1 << TWINT | 1 << TWEN | 1 << TWIE, kStart = kGo | 1 << TWSTA;
constexpr uint8_t kStop = 1 << TWINT | 1 << TWEN | 1 << TWSTO;
enum : uint8_t {  // what the block tells (ATmega328P data sheet, 22.7)
  kStarted = 0x08, kAgain = 0x10, kWriting = 0x18, kTaken = 0x28, kReading = 0x40, kLast = 0x58
};
enum class Part : uint8_t { Bytes, Register, Value, Done, Refused };

volatile Part part;
volatile bool waiting;  // for the slot
uint8_t size, sent;
volatile uint8_t value;

}  // namespace

ISR(TWI_vect) {
  switch (TWSR & 0xf8) {
    case kStarted:
    case kAgain:
      TWDR = static_cast<uint8_t>(board::kChip << 1 | (part == Part::Value));
      TWCR = kGo;
      return;
    case kWriting:
    case kTaken:
      if (part == Part::Bytes && sent < size) {
        TWDR = bowlby::output::byte(sent++);
        TWCR = kGo;
      } else if (part == Part::Bytes) {
        part = Part::Register;
        TWCR = kStart;
      } else if (sent == size) {
        ++sent;
        TWDR = 0;
        TWCR = kGo;
      } else {
        part = Part::Value;
        TWCR = kStart;
      }
      return;
    case kReading:
      TWCR = kGo;  // the next byte is the last
      return;
    case kLast:
      value = TWDR;
      part = Part::Done;
      break;
    default:
      part = Part::Refused;
      break;
  }
  TWCR = kStop;
}

void open() {
  enable(false);
  BUS_DATA_PORT |= 1 << BUS_DATA_BIT;  // pull-ups, beside those of the chip's board
  BUS_CLOCK_PORT |= 1 << BUS_CLOCK_BIT;
  TWSR = 0;
  TWBR = (F_CPU / 100000 - 16) / 2;
}

void close() {
  waiting = false;
  TWCR = 0;
  BUS_DATA_PORT &= static_cast<uint8_t>(~(1 << BUS_DATA_BIT));
  BUS_CLOCK_PORT &= static_cast<uint8_t>(~(1 << BUS_CLOCK_BIT));
  SERVOS_OFF_DDR &= static_cast<uint8_t>(~(1 << SERVOS_OFF_BIT));
  SERVOS_OFF_PORT &= static_cast<uint8_t>(~(1 << SERVOS_OFF_BIT));
}

void begin(uint8_t bytes) {
  size = bytes;
  sent = 0;
  part = Part::Bytes;
  waiting = clock::before_burst();
}

void on_slot() {
  if (!waiting) return;
  waiting = false;
  TWCR = kStart;
}

board::Bus end(uint8_t& read) {
  const Part came = part;
  waiting = false;
  read = value;
  if (came == Part::Done) return board::Bus::Done;
  TWCR = 0;
  const bool held = !(BUS_DATA_PIN & (1 << BUS_DATA_BIT)) || !(BUS_CLOCK_PIN & (1 << BUS_CLOCK_BIT));
  return held ? board::Bus::Held : board::Bus::Refused;
}

void pulse_clock() {
  TWCR = 0;
  BUS_CLOCK_PORT &= static_cast<uint8_t>(~(1 << BUS_CLOCK_BIT));
  BUS_CLOCK_DDR |= 1 << BUS_CLOCK_BIT;
  _delay_us(5);
  BUS_CLOCK_DDR &= static_cast<uint8_t>(~(1 << BUS_CLOCK_BIT));
  BUS_CLOCK_PORT |= 1 << BUS_CLOCK_BIT;
}

void enable(bool on) {
  if (on) {
    SERVOS_OFF_PORT &= static_cast<uint8_t>(~(1 << SERVOS_OFF_BIT));
  } else {
    SERVOS_OFF_PORT |= 1 << SERVOS_OFF_BIT;
  }
  SERVOS_OFF_DDR |= 1 << SERVOS_OFF_BIT;
}

}  // namespace avr::twi

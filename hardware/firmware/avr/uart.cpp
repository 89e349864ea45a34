#include "uart.h"

#include <avr/interrupt.h>
#include <avr/io.h>
#include <util/atomic.h>

#include "../core/messages.h"
#include "ring.h"

namespace avr::uart {

Ring<256> received;
namespace {
Ring<128> to_send;
volatile uint8_t lost_low, lost_high;  // two: the interrupt saves one register less
volatile bool pinged;
uint8_t taken;  // last

inline void count_lost() {
  lost_low = lost_low + 1;
  if (!lost_low) lost_high = lost_high + 1;
}

inline void take_in(uint8_t state) {
  const uint8_t byte = UDR0;
  if (state & (1 << DOR0)) count_lost();
  if (!received.put(byte)) count_lost();
  if (byte == bowlby::Ping::kId && received.ago(3) == 0) pinged = true;  // a frame begins: zero, code, sequence, id
}

inline void put_out() {
  uint8_t byte;
  if (to_send.take(byte)) {
    UDR0 = byte;
  } else {
    UCSR0B &= static_cast<uint8_t>(~(1 << UDRIE0));
  }
}
}  // namespace

void poll_masked() {
  const uint8_t state = UCSR0A;
  if (state & (1 << RXC0)) {
    take_in(state);
  } else if (state & UCSR0B & (1 << UDRE0)) {  // UDRE0 and UDRIE0 are the same bit of their registers
    put_out();
  }
}

ISR(USART_RX_vect) { take_in(UCSR0A); }

ISR(USART_UDRE_vect) { put_out(); }

void start() {
  UBRR0 = F_CPU / 8 / bowlby::kBaud - 1;
  UCSR0A = 1 << U2X0;
  UCSR0C = 1 << UCSZ01 | 1 << UCSZ00;
  UCSR0B = 1 << RXEN0 | 1 << TXEN0 | 1 << RXCIE0;
}

bool take(uint8_t& byte) {
  if (!received.take(byte)) return false;
  if (byte == 0 && taken != 0) pinged = false;  // that frame is whole
  taken = byte;
  return true;
}

uint8_t waiting() { return received.held(); }

bool ping_comes() { return pinged; }

uint8_t room() { return to_send.room(); }

void send(uint8_t byte) {
  to_send.put(byte);
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) { UCSR0B |= 1 << UDRIE0; }
}

uint16_t lost() {
  uint16_t n;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) { n = static_cast<uint16_t>(lost_high << 8 | lost_low); }
  return n;
}

}  // namespace avr::uart

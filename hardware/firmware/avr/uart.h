// 500,000 baud, both ways through rings, so that nothing waits for the line.
#pragma once
#include <stdint.h>

namespace avr::uart {

void start();
bool take(uint8_t& byte);
uint8_t room();
void send(uint8_t byte);
uint16_t lost();     // bytes that the receiver or its ring had no place for
void poll_masked();  // for those who keep interrupts off: take what has come, or send what is to go
uint8_t waiting();   // bytes that have come and were not taken
bool ping_comes();   // a frame that begins with a ping is coming, or has come and was not taken yet

}  // namespace avr::uart

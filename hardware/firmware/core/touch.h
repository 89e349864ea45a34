// Two pads, debounced; a tap, a stroke and a hold told apart by how long and how often they are touched.
#pragma once
#include "messages.h"

namespace bowlby::touch {

void start();
void frame(uint8_t pads, uint32_t now);  // sends Touch

}  // namespace bowlby::touch

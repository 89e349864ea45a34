// Two 8x8 eyes and the chest ring, drawn from a few numbers; every change is eased here, frame by frame, so that
// a blink, a saccade or a breath is smooth whatever the host does.
#pragma once
#include "core.h"

namespace bowlby::eyes {

void start();
void show(const Eyes& message);
void glow(const Light& message);
void frame(bool alone, bool muted, uint8_t light_max);
bool paint();  // two LEDs of an eye; false when all are done

}  // namespace bowlby::eyes

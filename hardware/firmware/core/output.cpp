#include "output.h"

#include "board.h"
#include "servo.h"

// The PCA9685 makes pulses by itself, from 4096 counts of its own oscillator, and repeats the last for ever, whatever
// becomes of us. So its outputs are enabled (OE low) only while servos have pulses; a board that was reset leaves that
// pin to its pull-up. New widths count from the chip's next period on. That is shorter than a servo frame for every
// oscillator there is (23 to 27 MHz), so it gives a width twice now and then, but leaves none out: two steps of the
// tracker never become one of the servo.
//
// Each transfer ends with a look at the chip's MODE1: one that lost its supply has forgotten all, and sleeps.

namespace bowlby::output {
namespace {

constexpr uint8_t kMode1 = 0x00, kMode2 = 0x01, kFirst = 0x06, kAll = 0xfa, kPrescale = 0xfe;
constexpr uint8_t kAsleep = 0x30, kAwake = 0x20;  // both count registers up by themselves (AI)
constexpr uint8_t kRestart = 0x80;                // is cleared by the first burst
constexpr uint8_t kPushPull = 0x04;               // outputs change at the end of a transfer, and are low while disabled
constexpr uint8_t kDivider = 101;                 // 25 MHz / 4096 / 101: 60.4 Hz, 4.04 us a count
constexpr uint16_t kOff = 0x1000;                 // a channel without pulses
constexpr uint8_t kFailed = 2, kDone = 1;         // a transfer that failed weighs as much as two that did not
constexpr uint8_t kLost = 6;                      // three in a row, or two of three for a while
constexpr uint8_t kPause = 24;                    // frames between two attempts to find the chip
constexpr uint8_t kFade = 2;                      // frames in which pulses that were taken back end

// Register and values, one transfer each; in sleep, which the prescaler asks for.
constexpr uint8_t kSetup[][5] = {
    {kMode1, kAsleep}, {kPrescale, kDivider - 1}, {kAll, 0, 0, 0, kOff >> 8}, {kMode2, kPushPull}, {kMode1, kAwake}};
constexpr uint8_t kSizes[] = {2, 2, 5, 2, 2};
constexpr uint8_t kSetups = sizeof kSizes;

bool chip;          // it is wanted
uint16_t khz;
Output found;
uint8_t setup;      // transfers of the setup that are done
uint8_t trouble;    // of late
uint16_t failures;  // transfers since start that failed
uint8_t pause;      // frames until the chip is looked for again
uint8_t fading;     // frames in which there may still be pulses
bool sent;          // a transfer is under way
bool went_out;      // and the one before it did what it should
uint16_t counts[kChannels];

void lose(board::Bus why) {
  board::enable(false);
  for (uint16_t& count : counts) count = kOff;
  found = why == board::Bus::Held ? Output::Held : Output::Missing;
  pause = kPause;
  setup = trouble = fading = 0;
}

}  // namespace

void start() {
  chip = false;
  khz = kOscillatorKhz;
  found = Output::Pins;
  setup = trouble = pause = fading = 0;
  failures = 0;
  sent = false;
  went_out = true;
  for (uint16_t& count : counts) count = kOff;
}

Code use(uint8_t wanted, uint16_t oscillator_khz, bool moving) {
  if (wanted > static_cast<uint8_t>(Output::Chip)) return Code::Range;
  const uint16_t told = oscillator_khz ? oscillator_khz : kOscillatorKhz;
  if (told < kOscillatorLeastKhz || told > kOscillatorMostKhz) return Code::Range;
  const bool want_chip = wanted == static_cast<uint8_t>(Output::Chip);
  if (want_chip == chip && (told == khz || !chip)) return Code::Ok;
  if (moving) return Code::Armed;
  khz = told;
  if (want_chip == chip) return Code::Ok;
  if (chip) board::close_bus();  // first: its interrupt reads what follows
  chip = want_chip;
  found = chip ? Output::Chip : Output::Pins;
  setup = trouble = pause = fading = 0;
  sent = false;
  went_out = !chip;
  servo::forget();
  if (chip) board::open_bus();
  return Code::Ok;
}

uint8_t channels() { return chip ? kChannels : board::kPins; }

bool lost() { return found == Output::Missing || found == Output::Held; }

Output state() { return found; }

uint16_t failed() { return failures; }

void begin_frame() {
  if (!sent) return;
  sent = false;
  uint8_t mode;
  board::Bus done = board::transferred(mode);
  const bool wakes = setup >= kSetups - 1;
  if (done == board::Bus::Done && (mode & ~kRestart) != (wakes ? kAwake : kAsleep)) done = board::Bus::Refused;
  went_out = done == board::Bus::Done && setup == kSetups;
  if (done == board::Bus::Done) {
    if (trouble) trouble = static_cast<uint8_t>(trouble - kDone);
    if (setup < kSetups && ++setup == kSetups) {
      found = Output::Chip;
      went_out = true;
    }
  } else {
    ++failures;
    trouble = static_cast<uint8_t>(trouble + kFailed);
    if (trouble >= kLost) lose(done);
  }
}

bool ready() { return went_out; }

void pulse(uint8_t channel, uint16_t width) {
  if (channel < board::kPins) board::pulse(channel, chip ? 0 : width);
  if (!chip) return;
  constexpr uint32_t kUnit = 16000UL * kDivider;  // of 1/16 us times kHz: a count
  counts[channel] = width ? static_cast<uint16_t>((static_cast<uint32_t>(width) * khz + kUnit / 2) / kUnit) : kOff;
}

void commit() {
  if (!chip) return;
  bool any = false;
  for (const uint16_t count : counts) any |= count != kOff;
  if (any) {
    fading = kFade;
  } else if (fading) {
    --fading;
  }
  board::enable(fading);  // before the first pulse, and after the last has ended: none is cut
  if (pause) {
    --pause;
    board::clear_bus();
    return;
  }
  board::transfer(setup < kSetups ? kSizes[setup] : uint8_t{1 + 4 * kChannels});
  sent = true;
}

uint8_t byte(uint8_t index) {
  if (setup < kSetups) return kSetup[setup][index];
  if (index == 0) return kFirst;
  const uint16_t count = counts[(index - 1) / 4];
  switch ((index - 1) % 4) {  // on at 0, off at the count
    case 2: return static_cast<uint8_t>(count);
    case 3: return static_cast<uint8_t>(count >> 8);
    default: return 0;
  }
}

}  // namespace bowlby::output

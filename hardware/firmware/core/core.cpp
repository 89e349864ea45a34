#include "core.h"

#include "eyes.h"
#include "line.h"
#include "safety.h"
#include "servo.h"
#include "touch.h"

namespace bowlby {
namespace {

constexpr uint8_t kStatusFrames = 5;
constexpr uint8_t kVersion[3] = {0, 1, 0};

uint16_t late;
uint32_t computed;  // start of the newest servo frame whose pulses are settled
uint8_t to_status;
board::Inputs inputs;

template <typename Message>
const Message& as(const uint8_t* body) {
  return *reinterpret_cast<const Message*>(body);
}

void identify() {
  Identity m{};
  m.protocol = kProtocol;
  m.table = kTable;
  for (uint8_t i = 0; i < sizeof m.board; ++i) m.board[i] = static_cast<uint8_t>(board::kName[i]);
  for (uint8_t i = 0; i < sizeof m.version; ++i) m.version[i] = kVersion[i];
  m.servos = kChannels;
  m.lights = kLights;
  m.reset = static_cast<uint8_t>(board::reset());
  line::send(m);
}

void setpoint(const Setpoint& m) {
  const State state = safety::state();
  if (state != State::Arming && state != State::Armed) return;
  if (static_cast<int32_t>(computed - m.start) > kLateUs) {
    ++late;
    return;
  }
  safety::fed();
  servo::setpoint(m);
}

Code act(uint8_t id, const uint8_t* body) {
  switch (id) {
    case Identify::kId: identify(); break;
    case Ping::kId: line::send(Pong{as<Ping>(body).token, board::micros()}); break;
    case Limits::kId: return servo::limits(as<Limits>(body));
    case Configure::kId: return safety::configure(as<Configure>(body));
    case Arm::kId: return safety::arm(as<Arm>(body));
    case Stop::kId: return safety::stop(static_cast<How>(as<Stop>(body).how));
    case Setpoint::kId: setpoint(as<Setpoint>(body)); break;
    case Eyes::kId: eyes::show(as<Eyes>(body)); break;
    case Light::kId: eyes::glow(as<Light>(body)); break;
    default: break;
  }
  return Code::Ok;
}

void send_pose(uint32_t start_us) {
  Pose m;
  m.time = start_us;
  for (uint8_t i = 0; i < kChannels; ++i) m.position[i] = servo::position(i);
  m.armed = servo::armed();
  m.state = static_cast<uint8_t>(safety::state());
  line::send(m);
}

void send_status() {
  Status m;
  m.reset = static_cast<uint8_t>(board::reset());
  m.state = static_cast<uint8_t>(safety::state());
  m.why = static_cast<uint8_t>(safety::why());
  m.armed = servo::armed();
  m.limited = servo::limited();
  m.muted = inputs.muted;
  m.load = board::load();
  m.millivolts = inputs.millivolts;
  m.crc_errors = line::counters.crc_errors;
  m.unknown = line::counters.unknown;
  m.gaps = line::counters.gaps;
  m.overruns = board::overruns();
  m.late = late;
  m.unsent = line::counters.unsent;
  m.spare = board::spare();
  line::send(m);
}

}  // namespace

void line::handle(uint8_t sequence, const uint8_t* messages, uint8_t size) {
  safety::connected();
  bool asked = false;
  Code answer = Code::Ok;
  for (uint8_t at = 0; at < size;) {
    const uint8_t id = messages[at];
    const Code code = act(id, messages + at + 1);
    if (answer == Code::Ok) answer = code;
    asked |= acknowledged(id);
    at = static_cast<uint8_t>(at + 1 + size_of(id));
  }
  if (asked) line::send(Ack{sequence, static_cast<uint8_t>(answer)});
}

void start() {
  late = 0;
  computed = board::micros();
  to_status = 0;
  inputs = board::Inputs{};
  line::start();
  servo::start();
  safety::start();
  touch::start();
  eyes::start();
}

void receive(uint8_t byte) { line::receive(byte); }

void frame(uint32_t start_us) {
  inputs = board::inputs();
  safety::frame(inputs);
  servo::frame(start_us);
  computed = start_us;
}

void report() {
  touch::frame(inputs.pads, computed);
  send_pose(computed);
  if (++to_status == kStatusFrames) {
    to_status = 0;
    send_status();
  }
}

void animate() { eyes::frame(safety::alone(), inputs.muted, safety::light_max()); }

bool paint() { return eyes::paint(); }

}  // namespace bowlby

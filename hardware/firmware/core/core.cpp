#include "core.h"

#include "eyes.h"
#include "line.h"
#include "output.h"
#include "safety.h"
#include "servo.h"
#include "touch.h"

namespace bowlby {
namespace {

constexpr uint8_t kStatusFrames = 5;
constexpr uint8_t kVersion[3] = {0, 1, 0};

uint16_t late, early;
uint32_t computed;  // start of the newest servo frame whose pulses are settled
uint8_t to_status;
board::Inputs inputs;

// The frame whose messages are being done, one at each work().
bool handling, asked;
uint8_t handled;  // bytes of it
Code answer;

enum class Report : uint8_t { Touch, Pose, Status };
Report next_report;

template <typename Message>
const Message& as(const uint8_t* body) {
  return *reinterpret_cast<const Message*>(body);
}

[[gnu::noinline]] void identify() {
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

[[gnu::noinline]] void setpoint(const Setpoint& m) {
  const State state = safety::state();
  if (state != State::Arming && state != State::Armed) return;
  const int32_t ahead = static_cast<int32_t>(m.start - computed);
  if (ahead < -static_cast<int32_t>(kLateUs)) {
    ++late;
    return;
  }
  if (ahead > static_cast<int32_t>(kEarlyUs)) {
    ++early;
    return;
  }
  safety::fed();
  servo::setpoint(m);
}

[[gnu::noinline]] void pong(uint32_t token) { line::send(Pong{token, board::micros()}); }

[[gnu::noinline]] void acknowledge() { line::send(Ack{line::frame.sequence, static_cast<uint8_t>(answer)}); }

// What is rarely asked or takes long is not inlined, so that what is short is not burdened with its stack.
Code act(uint8_t id, const uint8_t* body) {
  switch (id) {
    case Identify::kId:
      if (line::may_answer<Identity>()) identify();
      break;
    case Ping::kId:
      if (line::may_answer<Pong>()) pong(as<Ping>(body).token);
      break;
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
  m.armed = servo::armed();
  m.state = static_cast<uint8_t>(safety::state());
  m.count = 0;
  for (uint16_t left = servo::limited(); left; left = static_cast<uint16_t>(left >> 1), ++m.count) {
    m.position[m.count] = servo::position(m.count);
  }
  if (line::room_for(line::kOnTheWire<Pose>)) {
    line::send(Pose::kId, &m, static_cast<uint8_t>(sizeof m - 2 * (kChannels - m.count)));
  }
}

void send_status() {
  Status m;
  m.reset = static_cast<uint8_t>(board::reset());
  m.state = static_cast<uint8_t>(safety::state());
  m.why = static_cast<uint8_t>(safety::why());
  m.armed = servo::armed();
  m.limited = servo::limited();
  m.muted = inputs.muted;
  m.output = static_cast<uint8_t>(output::state());
  m.load = board::load();
  m.millivolts = inputs.millivolts;
  m.crc_errors = line::counters.crc_errors;
  m.unknown = line::counters.unknown;
  m.gaps = line::counters.gaps;
  m.overruns = board::overruns();
  m.late = late;
  m.early = early;
  m.skipped = board::skipped();
  m.unsent = line::counters.unsent;
  m.failed = output::failed();
  m.spare = board::spare();
  line::send(m);
}

}  // namespace

void start() {
  late = early = 0;
  computed = board::micros();
  to_status = 0;
  handling = false;
  next_report = Report::Touch;
  inputs = board::Inputs{};
  line::start();
  output::start();
  servo::start();
  safety::start();
  touch::start();
  eyes::start();
}

bool receive(uint8_t byte) {
  if (!line::receive(byte)) return false;
  safety::connected();
  handling = true;
  asked = false;
  handled = 0;
  answer = Code::Ok;
  return true;
}

bool work() {
  if (!handling) return false;
  const uint8_t* message = line::frame.messages + handled;
  const uint8_t id = *message;
  const uint8_t size = size_of(message, static_cast<uint8_t>(line::frame_size - handled));
  const uint8_t last = message[size - 1];
  const Code code = act(id, message + 1);
  if (answer == Code::Ok) answer = code;
  asked |= acknowledged(id);
  do {  // identify and stop are so short that a full line of them would take all the time: said again, they are done once
    handled = static_cast<uint8_t>(handled + size);
    message += size;
  } while (size <= 2 && handled < line::frame_size && *message == id && message[size - 1] == last);
  if (handled < line::frame_size) return true;
  handling = false;
  if (asked && line::may_answer<Ack>()) acknowledge();
  return true;
}

void begin_frame(uint32_t start_us) {
  inputs = board::inputs();
  output::begin_frame();
  safety::frame(inputs);
  servo::begin_frame(start_us);
  line::begin_frame();
  computed = start_us;
  next_report = Report::Touch;
}

void step(uint8_t channel) {
  servo::step(channel);
  if (channel == kChannels - 1) output::commit();
}

bool report() {
  switch (next_report) {
    case Report::Touch:
      touch::frame(inputs.pads, computed);
      next_report = Report::Pose;
      return true;
    case Report::Pose:
      send_pose(computed);
      next_report = Report::Status;
      return true;
    case Report::Status:
      if (++to_status == kStatusFrames) {
        to_status = 0;
        send_status();
      }
      break;
  }
  return false;
}

void animate() { eyes::frame(safety::alone(), inputs.muted, safety::light_max()); }

bool paint() { return eyes::paint(); }

}  // namespace bowlby

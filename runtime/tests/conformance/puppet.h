#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "runtime/node.h"

namespace octet::conformance {

/// One effect, as data.
struct Step {
  enum class Kind : std::uint8_t {
    send,
    set_timer,
    cancel_timer,
    persist,
    compact,
    emit,
    choose
  } kind = Kind::emit;
  std::string text = {};
  NodeId to = {};
  Duration after{};
};

struct Carry {
  std::string text;
};
struct Alarm {
  std::string text;
};
struct Script {
  std::vector<Step> steps;
};
struct Saw {
  std::string what;
  bool operator==(const Saw&) const = default;
};
struct Line {
  std::string text;
};

struct Protocol : ProtocolDefaults {
  using Message = std::variant<Carry>;
  using Timer = std::variant<Alarm>;
  using Input = std::variant<Script>;
  using Output = std::variant<Saw>;
  using Record = std::variant<Line>;
};

/// Does what a test tells it to, and tells what it sees. So one test can be run in every world.
class Puppet {
 public:
  using Protocol = conformance::Protocol;
  using Context = octet::Context<Protocol>;
  struct View {
    std::vector<std::string> lines;
  };

  void start(std::span<const Protocol::Record> recovered, Context& ctx) {
    for (const auto& record : recovered) lines_.push_back(std::get<Line>(record).text);
    std::string all = "started with";
    for (const std::string& line : lines_) all += " " + line;
    ctx.emit(Saw{all});
  }

  void on(const Script& script, Context& ctx) {
    for (const Step& step : script.steps) perform(step, ctx);
  }

  void on(const Carry& carry, NodeId from, Context& ctx) {
    ctx.emit(Saw{"from " + std::to_string(from.value) + ": " + carry.text});
  }

  void on(const Alarm& alarm, Context& ctx) { ctx.emit(Saw{"alarm " + alarm.text}); }

  View view() const { return {lines_}; }
  bool operator==(const Puppet&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(lines_);
  }

 private:
  static void perform(const Step& step, Context& ctx) {
    switch (step.kind) {
      case Step::Kind::send:
        return ctx.send(step.to, Carry{step.text});
      case Step::Kind::set_timer:
        return ctx.set_timer(Alarm{step.text}, step.after);
      case Step::Kind::cancel_timer:
        return ctx.cancel_timer(Alarm{step.text});
      case Step::Kind::persist:
        return ctx.persist(Line{step.text});
      case Step::Kind::compact:
        return ctx.compact({Line{step.text}});
      case Step::Kind::emit:
        return ctx.emit(Saw{step.text});
      case Step::Kind::choose:
        return ctx.emit(Saw{ctx.choose(3) < 3 ? "chose one of 3" : "chose something else"});
    }
  }

  std::vector<std::string> lines_;
};

}  // namespace octet::conformance

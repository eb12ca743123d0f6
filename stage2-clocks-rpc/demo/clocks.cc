// Three people and a shared list. Shows what each kind of clock says of the same few events.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include "hybrid_clock.h"
#include "lamport_clock.h"
#include "vector_clock.h"

namespace octet::clocks {
namespace {

constexpr std::int64_t noon_us = 1'700'049'600'000'000;
constexpr std::int64_t step_us = 1000;

struct Stamps {
  std::string what;
  std::int64_t clock_us = 0;
  LamportStamp lamport;
  VectorStamp vector;
  HybridStamp hybrid;
};

/// A person with a clock on the wall and three clocks of this stage.
class Person {
 public:
  Person(std::uint32_t id, std::int64_t skew_us)
      : skew_us_(skew_us), lamport_(id), vector_(id), hybrid_({.max_ahead_us = INT64_MAX}, {}) {}

  Stamps does(std::string what, std::int64_t now_us) {
    const std::int64_t clock = now_us + skew_us_;
    return {std::move(what), clock, lamport_.tick(), vector_.tick(), hybrid_.tick(clock)};
  }

  Stamps receives(std::string what, const Stamps& message, std::int64_t now_us) {
    const std::int64_t clock = now_us + skew_us_;
    return {std::move(what), clock, lamport_.receive(message.lamport),
            vector_.receive(message.vector), *hybrid_.receive(message.hybrid, clock)};
  }

 private:
  std::int64_t skew_us_;
  LamportClock lamport_;
  VectorClock vector_;
  HybridClock hybrid_;
};

std::vector<Stamps> story(std::int64_t skew_of_bob_us) {
  Person ann(1, 0);
  Person bob(2, skew_of_bob_us);
  Person cem(3, 0);
  std::int64_t now = noon_us;
  const auto next = [&now] { return now += step_us; };
  std::vector<Stamps> events;
  events.push_back(ann.does("a  Ann: buy tea? --> Bob", next()));
  events.push_back(bob.receives("b  Bob hears a", events[0], next()));
  events.push_back(cem.does("c  Cem: we have milk --> Ann", next()));
  events.push_back(bob.does("d  Bob: yes, tea --> Cem", next()));
  events.push_back(cem.receives("e  Cem hears d", events[3], next()));
  events.push_back(ann.receives("f  Ann hears c", events[2], next()));
  return events;
}

std::string text(std::int64_t time_us) {
  const std::int64_t after_noon = time_us - noon_us;
  return fmt::format("{:+.3f} ms", static_cast<double>(after_noon) / 1000);
}

std::string text(const VectorStamp& stamp) {
  std::string entries;
  for (const auto& [process, events] : stamp.entries) {
    entries += fmt::format("{}{}:{}", entries.empty() ? "" : " ", process.value, events);
  }
  return "{" + entries + "}";
}

void print(const std::vector<Stamps>& events) {
  fmt::print("{:30}{:>12}  {:9}{:16}{}\n", "", "wall clock", "Lamport", "vector", "hybrid");
  for (const Stamps& event : events) {
    fmt::print("{:30}{:>12}  {:<9}{:16}{}, {}\n", event.what, text(event.clock_us),
               event.lamport.time, text(event.vector), text(event.hybrid.time_us),
               event.hybrid.counter);
  }
}

const char* text(Order order) {
  static constexpr const char* names[] = {"before", "after", "equal to", "concurrent with"};
  return names[static_cast<std::size_t>(order)];
}

void print_order(const Stamps& one, const Stamps& other) {
  const std::string_view left = std::string_view(one.what).substr(0, 1);
  const std::string_view right = std::string_view(other.what).substr(0, 1);
  fmt::print("{} and {}: {:7}{:11}{:7}{} {} {}\n", left, right,
             one.clock_us < other.clock_us ? "before" : "after",
             comes_before(one.lamport, other.lamport) ? "before" : "after",
             one.hybrid < other.hybrid ? "before" : "after", left,
             text(compare(one.vector, other.vector)), right);
}

}  // namespace
}  // namespace octet::clocks

int main(int argc, char** argv) {
  using namespace octet::clocks;
  CLI::App app("Shows what the clocks of stage 2 say of six events.");
  double skew_ms = -5;
  app.add_option("--skew", skew_ms, "How far Bob's wall clock is ahead, in ms")
      ->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  try {
    const auto events = story(static_cast<std::int64_t>(skew_ms * 1000));
    print(events);
    fmt::print("\n         wall   Lamport    hybrid vector\n");
    print_order(events[0], events[1]);
    print_order(events[0], events[4]);
    print_order(events[2], events[3]);
    print_order(events[3], events[5]);
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
}

#include "graders/dsl/world/guard.h"

#include <gtest/gtest-spi.h>

#include <algorithm>
#include <cctype>
#include <string>
#include <utility>

#include "graders/dsl/graded_test.h"

namespace octet::grading {
namespace {

/// Two failures of one kind differ in their numbers.
std::string without_numbers(std::string text) {
  std::erase_if(text, [](unsigned char c) { return std::isdigit(c) != 0; });
  return text;
}

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

/// The first one counts: a world takes no more.
void take_over(const testing::TestPartResultArray& results, sim::World& world) {
  for (int i = 0; i < results.size(); ++i) {
    const testing::TestPartResult& result = results.GetTestPartResult(i);
    if (result.passed()) continue;
    const std::string place = std::string(result.file_name() != nullptr ? result.file_name() : "") +
                              ":" + std::to_string(result.line_number());
    world.fail(place, std::string(result.message()) + "\nat " + place);
  }
}

}  // namespace

std::function<void(sim::World&)> guarded(std::function<void(sim::World&)> play) {
  return [play = std::move(play)](sim::World& world) {
    const TellsInstead notes([&world](const std::string& line) { world.note(line); });
    testing::TestPartResultArray results;
    try {
      const testing::ScopedFakeTestPartResultReporter collector(
          testing::ScopedFakeTestPartResultReporter::INTERCEPT_ONLY_CURRENT_THREAD, &results);
      world.always("nothing has failed", [&] {
        take_over(results, world);
        return world.failure();
      });
      play(world);
    } catch (const Failed& failed) {
      world.fail(without_numbers(first_line(failed.what())), failed.what());
    }
    take_over(results, world);
  };
}

}  // namespace octet::grading

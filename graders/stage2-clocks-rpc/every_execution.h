#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "graders/stage2-clocks-rpc/execution.h"

namespace octet::grading {

/// What a solution's clocks made of an execution.
struct Stamped {
  std::vector<std::string> stamps;    // of its events, as the story shows them
  std::optional<std::string> broken;  // what is wrong with them
};
using Judge = std::function<Stamped(const Execution&)>;

/// Judges executions of many shapes, short ones first. One that is broken is made smaller as long
/// as it stays broken; then the test tells what is left of it and fails.
///
/// Also sees to it that the executions were worth judging: that there were long chains of events
/// and concurrent ones.
void expect_sound_in_random_executions(const Judge& judge);

}  // namespace octet::grading

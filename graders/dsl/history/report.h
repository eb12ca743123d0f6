#pragma once

#include <string>

#include "graders/dsl/history/history.h"
#include "graders/dsl/history/shrink.h"

/// A violation in words.
namespace octet::grading {

/// One sentence: whose return nothing explains.
std::string sentence_of(const Violation& violation, const History& history,
                        const std::string& object);

/// How everything before that return can have happened, and why it does not go on from there.
std::string ways_of(const Violation& violation, const History& history);

/// The operations of a small violation as a list of calls and returns.
std::string events_of(const Shrunk& shrunk, const Violation& whole, const History& history);

}  // namespace octet::grading

#pragma once

#include <deque>
#include <string>

#include "graders/dsl/history/removals.h"

/// Taking pieces out of values: a history that was linearizable stays so when an append is gone,
/// and its text from every value that shows it.
namespace octet::grading {

/// The appends with which that can be done: none, unless values tell what they are made of.
std::vector<Group> erasable(const Operations& operations);

/// The operations without some of these appends. New texts go to `texts`.
Operations erased(const Operations& operations, const Group& appends,
                  std::deque<std::string>& texts);

}  // namespace octet::grading

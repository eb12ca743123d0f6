#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "graders/dsl/history/history.h"
#include "graders/dsl/history/vocabulary.h"

namespace octet::grading {

/// When something happened: a time, and the number of its event where there is one.
struct Moment {
  std::uint64_t time = 0;
  std::uint64_t event = 0;  // 0 is none
};

/// One operation of a client, before it is known what its place in the order is.
struct Told {
  Named named = {};
  Moment call = {};
  std::optional<Moment> end = {};  // when the client knew, or gave up
  bool is_known = false;           // that it is done
};

/// Gives all calls and returns their places: the numbers of events, when all have them; otherwise
/// in the order of time, calls before returns. Adds the operations to the history in the order of
/// calls. Throws Unreadable when a client has two operations at a time, or an event is there twice.
void add_in_order(std::vector<Told> all, History& history);

}  // namespace octet::grading

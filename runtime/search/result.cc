#include "runtime/search/result.h"

#include <algorithm>

namespace octet::search {
namespace {

std::string_view words(Result::End end) {
  switch (end) {
    case Result::End::violation:
      return "ended by a violation";
    case Result::End::goals:
      return "ended by the last of the goals";
    case Result::End::exhausted:
      return "exhausted";
    case Result::End::max_states:
      return "ended by max_states";
    case Result::End::max_depth:
      return "ended by max_depth";
    case Result::End::max_choices:
      return "exhausted but for max_choices";
    case Result::End::opening:
      return "not begun";
  }
  return "";
}

std::string count(std::uint64_t number, std::string_view of_what) {
  return ", " + std::to_string(number) + std::string(of_what);
}

}  // namespace

bool Result::reached(std::string_view goal) const {
  return std::any_of(goals.begin(), goals.end(),
                     [&](const Goal& each) { return each.name == goal && each.reached; });
}

std::string Result::story() const {
  std::string out;
  if (!violation.empty()) out += violation + "\n";
  for (std::size_t i = 0; i < told.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    out += std::string(number.size() < 4 ? 4 - number.size() : 0, ' ');
    out += number + ". " + told[i] + "\n";
  }
  return out + summary() + "\n";
}

std::string Result::summary() const {
  std::string out = "search " + std::string(words(end)) + ": " + std::to_string(states) +
                    " states" + count(transitions, " transitions") + ", depth " +
                    std::to_string(depth);
  if (pruned > 0) out += count(pruned, " states pruned");
  for (const Goal& goal : goals) {
    if (!goal.reached) out += ", never reached: " + goal.name;
  }
  return out;
}

}  // namespace octet::search

#include "graders/dsl/history/history.h"

#include <fmt/format.h>

#include <sstream>

#include "graders/dsl/history/json_history.h"
#include "graders/dsl/history/text_history.h"

namespace octet::grading {
namespace {

std::string_view name_of(Model model) {
  static constexpr std::string_view names[] = {"a key of a store", "a register", "a queue",
                                               "a lock"};
  return names[static_cast<std::size_t>(model)];
}

}  // namespace

void History::add(std::string_view object, const Operation& operation) {
  auto place = objects.find(object);
  if (place == objects.end()) place = objects.emplace(object, Operations()).first;
  Operations& all = place->second;
  if (!all.empty() && model_of(all.front().kind) != model_of(operation.kind)) {
    throw Unreadable(fmt::format("{} {}: \"{}\" is {} here and {} at {} {}", places, operation.line,
                                 object, name_of(model_of(operation.kind)),
                                 name_of(model_of(all.front().kind)), places, all.front().line));
  }
  all.push_back(operation);
}

std::size_t History::count() const {
  std::size_t count = 0;
  for (const auto& [name, operations] : objects) count += operations.size();
  return count;
}

bool is_trace(std::string_view text) {
  return text.starts_with("{\"octet_trace\"");
}

History read_history(std::string text) {
  if (text.empty()) throw Unreadable("the history is empty");
  if (text.starts_with("{\"octet_history\"")) return read_json_history(text);
  if (is_trace(text)) {
    std::istringstream in(std::move(text));
    return history_of(trace::read_json_lines(in));
  }
  if (text.starts_with("{:process ")) return read_text_history(std::move(text));
  throw Unreadable(
      "line 1 is not that of a history: it begins with {\"octet_history\", {\"octet_trace\" or "
      "{:process");
}

}  // namespace octet::grading

#pragma once

#include <deque>
#include <map>
#include <string>
#include <string_view>

#include "graders/dsl/history/operation.h"
#include "runtime/trace/json_lines.h"

namespace octet::grading {

using trace::Unreadable;

/// What clients did and got, by object: a history is linearizable when that of each object is
/// (Herlihy and Wing 1990, "locality").
struct History {
  std::map<std::string, Operations, std::less<>> objects;
  std::string places = "line";  // what Operation::line counts: lines of a file, or events of a run
  std::deque<std::string> texts;  // what the operations refer to

  /// Throws Unreadable when the object is of another model.
  void add(std::string_view object, const Operation& operation);

  std::size_t count() const;
};

/// Reads a history in any of its formats, which it knows by the first line:
///
/// - our JSON lines, as `./lab view --export history` writes them (json_history.h);
/// - a trace, as `./lab view` takes it: the operations of its clients;
/// - events as in {:process 1, :type :invoke, :f :get, :key "k", :value nil} (text_history.h).
///
/// Throws Unreadable with a sentence that names the line.
History read_history(std::string text);

/// That it is a trace, by its first line.
bool is_trace(std::string_view text);

}  // namespace octet::grading

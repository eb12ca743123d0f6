#include "graders/dsl/history/json_history.h"

#include <fmt/format.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "graders/dsl/history/timeline.h"
#include "graders/dsl/history/vocabulary.h"
#include "runtime/trace/history.h"

namespace octet::grading {
namespace {

using nlohmann::json;
using trace::Outcome;

const json& field(const json& fields, const char* name) {
  if (fields.contains(name)) return fields[name];
  throw Unreadable(fmt::format("it has no \"{}\"", name));
}

std::uint64_t number(const json& value, const char* name) {
  if (value.is_number_unsigned()) return value.get<std::uint64_t>();
  throw Unreadable(fmt::format("\"{}\" is no whole number", name));
}

std::uint32_t client_of(const json& fields) {
  const std::uint64_t client = number(field(fields, "client"), "client");
  if (client <= std::numeric_limits<std::uint32_t>::max()) {
    return static_cast<std::uint32_t>(client);
  }
  throw Unreadable("\"client\" is below 2^32");
}

std::string word(const json& value, const char* name) {
  if (value.is_string()) return value.get<std::string>();
  throw Unreadable(fmt::format("\"{}\" is no string", name));
}

Outcome outcome_of(const json& fields) {
  const std::string name = word(field(fields, "outcome"), "outcome");
  const Outcome outcome = trace::outcome_of(name);
  if (name == trace::name_of(outcome)) return outcome;
  throw Unreadable(fmt::format("\"{}\" is no outcome; there are ok, failed and unknown", name));
}

/// The time in this field, and the number of the event at this place of "events".
Moment moment(const json& fields, const char* name, std::size_t place) {
  Moment when{.time = number(field(fields, name), name)};
  const json events = fields.value("events", json::array());
  if (events.is_array() && place < events.size()) when.event = number(events[place], "events");
  return when;
}

/// Nothing when the operation has failed.
std::optional<Told> told_by(const json& fields, std::size_t line, History& history) {
  const Outcome outcome = outcome_of(fields);
  if (outcome == Outcome::failed) return std::nullopt;
  Told told{.call = moment(fields, "call", 0)};
  if (fields.contains("return")) told.end = moment(fields, "return", 1);
  told.is_known = outcome == Outcome::ok && told.end;
  const json result = fields.value("result", json::object());
  told.named =
      understand(word(field(fields, "op"), "op"), fields.value("arguments", json::object()),
                 told.is_known ? &result : nullptr, history.texts);
  told.named.operation.client = client_of(fields);
  told.named.operation.line = line;
  return told;
}

class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  History read() {
    read_head();
    while (!is_finished_ && !rest_.empty()) read_line(next());
    if (!is_finished_) {
      throw Unreadable(fmt::format(
          "the history ends after line {}, without its last line: it was cut off", number_));
    }
    if (!rest_.empty()) throw Unreadable(fmt::format("line {} is behind the end", number_ + 1));
    add_in_order(std::move(all_), history_);
    return std::move(history_);
  }

 private:
  json next() {
    const std::string_view line = rest_.substr(0, rest_.find('\n'));
    rest_.remove_prefix(std::min(rest_.size(), line.size() + 1));
    ++number_;
    json fields = json::parse(line, nullptr, false);
    if (fields.is_object()) return fields;
    throw Unreadable(fmt::format("line {} is no JSON object; was the file cut off?", number_));
  }

  void read_head() {
    const json head = next();
    const json version = head.value("octet_history", json());
    if (version == trace::history_version) return;
    throw Unreadable(fmt::format("this history has version {}; this program reads version {}",
                                 version.dump(), trace::history_version));
  }

  void read_line(const json& fields) {
    if (fields.contains("operations")) return end(fields["operations"]);
    ++count_;
    try {
      if (auto told = told_by(fields, number_, history_)) all_.push_back(std::move(*told));
    } catch (const Unreadable& error) {
      throw Unreadable(fmt::format("line {}: {}", number_, error.what()));
    }
  }

  void end(const json& count) {
    is_finished_ = true;
    if (count == count_) return;
    throw Unreadable(fmt::format("there are {} operations, not {}", count_, count.dump()));
  }

  std::string_view rest_;
  std::size_t number_ = 0;
  std::size_t count_ = 0;
  bool is_finished_ = false;
  std::vector<Told> all_;
  History history_;
};

json parsed(const std::string& text) {
  return text.empty() ? json::object() : json::parse(text);
}

Moment moment(const trace::Trace& trace, std::uint64_t number) {
  return {static_cast<std::uint64_t>(trace.events[number - 1].at.count()), number};
}

/// Nothing when the operation has failed.
std::optional<Told> told_by(const trace::Trace& trace, const trace::Operation& operation,
                            History& history) {
  const trace::Event& call = trace.events[operation.call - 1];
  Told told{.call = moment(trace, operation.call)};
  json result;
  if (operation.result > 0) {
    const trace::Event& end = trace.events[operation.result - 1];
    const Outcome outcome = trace::outcome_of(end.name);
    if (outcome == Outcome::failed) return std::nullopt;
    told.end = moment(trace, operation.result);
    told.is_known = outcome == Outcome::ok;
    result = parsed(end.json);
  }
  told.named =
      understand(call.name, parsed(call.json), told.is_known ? &result : nullptr, history.texts);
  told.named.operation.client = call.node.value;
  told.named.operation.line = operation.call;
  return told;
}

}  // namespace

History read_json_history(std::string_view text) {
  return Reader(text).read();
}

History history_of(const trace::Trace& trace) {
  History history{.objects = {}, .places = "event", .texts = {}};
  std::vector<Told> all;
  for (const trace::Operation& operation : trace::operations(trace)) {
    try {
      if (auto told = told_by(trace, operation, history)) all.push_back(std::move(*told));
    } catch (const Unreadable& error) {
      throw Unreadable(fmt::format("event {}: {}", operation.call, error.what()));
    }
  }
  add_in_order(std::move(all), history);
  return history;
}

}  // namespace octet::grading

#include "graders/dsl/history/text_history.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <unordered_map>

namespace octet::grading {
namespace {

using Kind = Operation::Kind;

struct Line {
  std::uint64_t process = 0;
  std::string_view type = {};
  std::string_view function = {};
  std::string_view key = {};
  std::optional<std::string_view> value = {};  // nothing for nil
};

/// Takes a line apart, from the left.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  bool skip(std::string_view expected) {
    if (!rest_.starts_with(expected)) return false;
    rest_.remove_prefix(expected.size());
    return true;
  }

  bool number(std::uint64_t& number) {
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
    if (error != std::errc()) return false;
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    return true;
  }

  bool until(char end, std::string_view& text) {
    const std::size_t size = rest_.find(end);
    if (size == std::string_view::npos) return false;
    text = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return true;
  }

  bool quoted(std::string_view& text) { return skip("\"") && until('"', text) && skip("\""); }
  bool is_at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

std::optional<Line> parse(std::string_view text) {
  Cursor at(text);
  Line line;
  const bool has_head = at.skip("{:process ") && at.number(line.process) && at.skip(", :type :") &&
                        at.until(',', line.type) && at.skip(", :f :") &&
                        at.until(',', line.function) && at.skip(", :key ") && at.quoted(line.key) &&
                        at.skip(", :value ");
  if (!has_head) return std::nullopt;
  std::string_view value;
  if (at.quoted(value)) {
    line.value = value;
  } else if (!at.skip("nil")) {
    return std::nullopt;
  }
  return at.skip("}") && at.is_at_end() ? std::optional(line) : std::nullopt;
}

class Reader {
 public:
  explicit Reader(std::string text) {
    std::string_view rest = history_.texts.emplace_back(std::move(text));
    while (!rest.empty()) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(rest.size(), line.size() + 1));
      ++number_;
      take(line);
    }
  }

  History history() {
    for (const auto& [object, operation] : operations_) history_.add(object, operation);
    return std::move(history_);
  }

 private:
  [[noreturn]] void fail(const std::string& problem) const {
    throw Unreadable(fmt::format("line {}: {}", number_, problem));
  }

  void take(std::string_view text) {
    const std::optional<Line> line = parse(text);
    if (!line) {
      fail(
          "it is not of the form {:process 1, :type :invoke, :f :get, :key \"k\", :value nil}; was "
          "the file cut off?");
    }
    if (line->type == "invoke") {
      call(*line);
    } else if (line->type == "ok") {
      give_back(*line);
    } else {
      fail(fmt::format("\"{}\" is no :type; there are invoke and ok", line->type));
    }
  }

  Kind kind_of(std::string_view function) const {
    if (function == "get") return Kind::get;
    if (function == "put") return Kind::put;
    if (function == "append") return Kind::append;
    fail(fmt::format("\"{}\" is no :f; there are get, put and append", function));
  }

  void call(const Line& line) {
    Operation made{.client = line.process, .kind = kind_of(line.function), .called = number_};
    made.line = number_;
    if (made.kind != Kind::get) {
      if (!line.value) fail(fmt::format("{} needs a value", line.function));
      made.argument = *line.value;
    }
    const auto [open, is_new] = open_.emplace(line.process, operations_.size());
    if (!is_new) {
      fail(fmt::format("process {} calls while its operation of line {} is still under way",
                       line.process, operations_[open->second].second.line));
    }
    operations_.emplace_back(line.key, made);
  }

  void give_back(const Line& line) {
    const auto open = open_.find(line.process);
    if (open == open_.end()) {
      fail(fmt::format("process {} has nothing under way that could be ok", line.process));
    }
    auto& [key, operation] = operations_[open->second];
    if (operation.kind != kind_of(line.function) || key != line.key) {
      fail(
          fmt::format("process {} called something else at line {}", line.process, operation.line));
    }
    if (operation.kind == Kind::get) {
      if (!line.value) fail("get has returned no value");
      operation.result = *line.value;
    }
    operation.returned = number_;
    open_.erase(open);
  }

  History history_;
  std::vector<std::pair<std::string_view, Operation>> operations_;  // with their keys
  std::unordered_map<std::uint64_t, std::size_t> open_;             // by process
  std::size_t number_ = 0;
};

}  // namespace

History read_text_history(std::string text) {
  return Reader(std::move(text)).history();
}

}  // namespace octet::grading

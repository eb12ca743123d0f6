#include "graders/dsl/history/vocabulary.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "graders/dsl/history/history.h"

namespace octet::grading {
namespace {

using nlohmann::json;
using Kind = Operation::Kind;

/// In the order of Operation::Kind.
constexpr std::array<std::string_view, 10> names = {
    "Get", "Put", "Append", "Cas", "Read", "Write", "Enqueue", "Dequeue", "Acquire", "Release"};

Kind kind_of(std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found != names.end()) return static_cast<Kind>(found - names.begin());
  throw Unreadable(
      fmt::format("\"{}\" cannot be checked; there are Get, Put, Append and Cas, Read and Write, "
                  "Enqueue and Dequeue, Acquire and Release",
                  name));
}

std::string text_of(const json& value) {
  if (value.is_null()) return "";
  if (value.is_string()) return value.get<std::string>();
  if (value.is_primitive()) return value.dump();
  throw Unreadable("a key or value is a string, a number, true, false or null");
}

class Understanding {
 public:
  Understanding(std::string_view name, std::deque<std::string>& texts)
      : name_(name), texts_(texts) {
    named_.operation.kind = kind_of(name);
  }

  void take_arguments(const json& arguments) {
    if (!arguments.is_object()) throw Unreadable("\"arguments\" is no object");
    if (arguments.contains("key")) named_.key = text_of(arguments["key"]);
    const Kind kind = named_.operation.kind;
    if (kind == Kind::cas) named_.operation.expected = argument(arguments, "expected");
    const bool has_value = kind == Kind::put || kind == Kind::append || kind == Kind::cas ||
                           kind == Kind::write || kind == Kind::enqueue;
    if (has_value) named_.operation.argument = argument(arguments, "value");
  }

  void take_result(const json& result) {
    Operation& operation = named_.operation;
    const Kind kind = operation.kind;
    if (kind == Kind::get || kind == Kind::read || kind == Kind::dequeue) {
      const json& value = field(result, "value");
      operation.succeeded = kind != Kind::dequeue || !value.is_null();
      operation.result = keep(value);
    } else if (kind == Kind::cas) {
      operation.succeeded = is_true(field(result, "swapped"), "swapped");
    } else if (kind == Kind::acquire && result.contains("acquired")) {
      operation.succeeded = is_true(result["acquired"], "acquired");
    }
  }

  Named result() { return std::move(named_); }

 private:
  std::string_view keep(const json& value) { return texts_.emplace_back(text_of(value)); }

  std::string_view argument(const json& arguments, const char* name) {
    if (!arguments.contains(name)) {
      throw Unreadable(fmt::format("{} needs \"{}\" in its arguments", name_, name));
    }
    return keep(arguments[name]);
  }

  const json& field(const json& result, const char* name) const {
    if (result.contains(name)) return result[name];
    throw Unreadable(fmt::format("{} is ok and needs \"{}\" in its result", name_, name));
  }

  bool is_true(const json& value, const char* name) const {
    if (value.is_boolean()) return value.get<bool>();
    throw Unreadable(fmt::format("\"{}\" of {} is true or false", name, name_));
  }

  std::string_view name_;
  std::deque<std::string>& texts_;
  Named named_;
};

}  // namespace

Named understand(std::string_view name, const json& arguments, const json* result,
                 std::deque<std::string>& texts) {
  Understanding understanding(name, texts);
  understanding.take_arguments(arguments);
  if (result != nullptr) understanding.take_result(*result);
  return understanding.result();
}

}  // namespace octet::grading

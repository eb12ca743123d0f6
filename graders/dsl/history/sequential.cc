#include "graders/dsl/history/sequential.h"

#include <fmt/format.h>

#include "graders/dsl/history/value_text.h"

namespace octet::grading {
namespace {

using Kind = Operation::Kind;

std::string why_not_read(const Operation& operation, const std::string& value) {
  if (!operation.is_known() || operation.result == value) return "";
  const auto [got, is] = short_where_they_differ(operation.result, value);
  return fmt::format("{} returned {} but the value is {}", name_of(operation.kind), got, is);
}

std::string why_not_cas(const Operation& operation, const std::string& value) {
  if (!operation.is_known() || (operation.expected == value) == operation.succeeded) return "";
  if (!operation.succeeded) {
    return fmt::format("cas did not swap but the value is {} as it expected", short_text(value));
  }
  const auto [expected, is] = short_where_they_differ(operation.expected, value);
  return fmt::format("cas expected {} and swapped but the value is {}", expected, is);
}

std::string why_not_dequeue(const Operation& operation, const Contents& contents) {
  if (!operation.is_known()) return "";
  if (!operation.succeeded) {
    if (contents.empty()) return "";
    return fmt::format("dequeue found nothing but {} is in the queue",
                       short_text(contents.front()));
  }
  if (contents.empty()) {
    return fmt::format("dequeue returned {} but the queue is empty", short_text(operation.result));
  }
  if (contents.front() == operation.result) return "";
  const auto [got, first] = short_where_they_differ(operation.result, contents.front());
  return fmt::format("dequeue returned {} but the first is {}", got, first);
}

std::string why_not_acquire(const Operation& operation, const Contents& contents) {
  if (!operation.is_known() || operation.succeeded == contents.empty()) return "";
  if (contents.empty()) return "acquire did not get the lock but it is free";
  return fmt::format("acquire got the lock but client {} has it", contents.front());
}

bool has_lock(const Operation& operation, const Contents& contents) {
  return !contents.empty() && contents.front() == std::to_string(operation.client);
}

std::string why_not_release(const Operation& operation, const Contents& contents) {
  if (!operation.is_known() || has_lock(operation, contents)) return "";
  if (contents.empty()) return "release has ended but the lock is free";
  return fmt::format("release has ended but client {} has the lock", contents.front());
}

}  // namespace

Contents contents_at_first(Model model) {
  const bool has_value = model == Model::key_value || model == Model::register_value;
  return has_value ? Contents{""} : Contents{};
}

std::string why_not(const Operation& operation, const Contents& contents) {
  switch (operation.kind) {
    case Kind::get:
    case Kind::read:
      return why_not_read(operation, contents.front());
    case Kind::cas:
      return why_not_cas(operation, contents.front());
    case Kind::dequeue:
      return why_not_dequeue(operation, contents);
    case Kind::acquire:
      return why_not_acquire(operation, contents);
    case Kind::release:
      return why_not_release(operation, contents);
    case Kind::put:
    case Kind::append:
    case Kind::write:
    case Kind::enqueue:
      return "";
  }
  return "";
}

void take_effect(const Operation& operation, Contents& contents) {
  switch (operation.kind) {
    case Kind::get:
    case Kind::read:
      break;
    case Kind::put:
    case Kind::write:
      contents.front() = operation.argument;
      break;
    case Kind::append:
      contents.front() += operation.argument;
      break;
    case Kind::cas:
      if (contents.front() == operation.expected) contents.front() = operation.argument;
      break;
    case Kind::enqueue:
      contents.emplace_back(operation.argument);
      break;
    case Kind::dequeue:
      if (!contents.empty()) contents.erase(contents.begin());
      break;
    case Kind::acquire:
      if (contents.empty()) contents = {std::to_string(operation.client)};
      break;
    case Kind::release:
      if (has_lock(operation, contents)) contents.clear();
      break;
  }
}

std::string_view name_of(Kind kind) {
  static constexpr std::string_view names[] = {"get",   "put",     "append",  "cas",     "read",
                                               "write", "enqueue", "dequeue", "acquire", "release"};
  return names[static_cast<std::size_t>(kind)];
}

std::string call_text(const Operation& operation) {
  const std::string name(name_of(operation.kind));
  switch (operation.kind) {
    case Kind::put:
    case Kind::append:
    case Kind::write:
    case Kind::enqueue:
      return fmt::format("{} {}", name, short_text(operation.argument));
    case Kind::cas:
      return fmt::format("cas {} to {}", short_text(operation.expected),
                         short_text(operation.argument));
    case Kind::get:
    case Kind::read:
    case Kind::dequeue:
    case Kind::acquire:
    case Kind::release:
      return name;
  }
  return name;
}

std::string outcome_text(const Operation& operation) {
  if (!operation.is_known()) return "has no known end";
  switch (operation.kind) {
    case Kind::get:
    case Kind::read:
      return "returned " + short_text(operation.result);
    case Kind::dequeue:
      return operation.succeeded ? "returned " + short_text(operation.result) : "found nothing";
    case Kind::cas:
      return operation.succeeded ? "swapped" : "did not swap";
    case Kind::acquire:
      return operation.succeeded ? "got the lock" : "did not get the lock";
    case Kind::put:
    case Kind::append:
    case Kind::write:
    case Kind::enqueue:
    case Kind::release:
      return "is done";
  }
  return "";
}

std::string contents_text(Model model, const Contents& contents) {
  constexpr std::size_t most = 5;
  if (model == Model::key_value || model == Model::register_value) {
    return "the value is " + short_text(contents.front());
  }
  if (model == Model::lock) {
    return contents.empty() ? "the lock is free"
                            : fmt::format("client {} has the lock", contents[0]);
  }
  if (contents.empty()) return "the queue is empty";
  std::string text = "in the queue: ";
  for (std::size_t i = 0; i < contents.size() && i < most; ++i) {
    text += (i > 0 ? ", " : "") + short_text(contents[i]);
  }
  return contents.size() <= most ? text
                                 : fmt::format("{} and {} more", text, contents.size() - most);
}

}  // namespace octet::grading

#include "replica_values.h"

#include <charconv>
#include <system_error>
#include <variant>

namespace octet::followers {
namespace {

/// What is no number counts as 0.
std::int64_t number_in(const std::string& text) {
  std::int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && stopped == end ? number : 0;
}

/// Signed numbers must not overflow; unsigned ones may.
std::int64_t sum(std::int64_t one, std::int64_t other) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(one) +
                                   static_cast<std::uint64_t>(other));
}

}  // namespace

void ReplicaValues::apply(const Entry& entry) {
  applied_ = applied_ + 1;
  if (!entry.write) return;
  std::visit([this](const auto& content) { write(content); }, *entry.write);
}

std::optional<std::string> ReplicaValues::get(const std::string& key) const {
  const auto place = values_.find(key);
  if (place == values_.end()) return std::nullopt;
  return place->second;
}

void ReplicaValues::write(const Put& put) {
  values_[put.key] = put.value;
}

void ReplicaValues::write(const Add& add) {
  std::string& value = values_[add.key];
  value = std::to_string(sum(number_in(value), add.amount));
}

}  // namespace octet::followers

#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>

#include "stage3-partitioning/api/followers.h"

/// What writes come to, in the plainest way.
namespace octet::followers {

using Values = std::map<std::string, std::string>;

void apply(const Entry& entry, Values& values);
Values replay(std::span<const Entry> log);
std::optional<std::string> value_of(const Values& values, const std::string& key);

/// How many entries two logs have in common at their beginning.
std::size_t common_length(std::span<const Entry> one, std::span<const Entry> other);

/// Whether the log has an entry of this epoch there.
bool has(std::span<const Entry> log, Token place);

}  // namespace octet::followers

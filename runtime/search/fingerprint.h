#pragma once

#include <cstdint>

#include "runtime/search/interner.h"

namespace octet::search {

/// 128 bits that stand for a multiset of ids: the sum of what stands for each. Adding and taking
/// away is therefore all that a step costs, and the order does not matter.
struct Fingerprint {
  bool operator==(const Fingerprint&) const = default;

  Fingerprint& operator+=(const Fingerprint& other) {
    first += other.first;
    second += other.second;
    return *this;
  }
  Fingerprint& operator-=(const Fingerprint& other) {
    first -= other.first;
    second -= other.second;
    return *this;
  }

  std::uint64_t first = 0;
  std::uint64_t second = 0;
};

namespace detail {

/// The finaliser of splitmix64 (Steele et al. 2014).
constexpr std::uint64_t mixed(std::uint64_t value) {
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
  value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
  return value ^ (value >> 31);
}

}  // namespace detail

/// Ids of different kinds are apart.
enum class FingerprintOf : std::uint8_t { host = 1, message, budgets };

constexpr Fingerprint fingerprint(FingerprintOf kind, Id id) {
  const std::uint64_t value = static_cast<std::uint64_t>(kind) << 32 | id;
  return {detail::mixed(value * 0x9e3779b97f4a7c15), detail::mixed(value * 0xd1342543de82ef95)};
}

}  // namespace octet::search

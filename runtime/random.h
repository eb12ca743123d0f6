#pragma once

#include <cstdint>
#include <string_view>

namespace octet {

/// One step of splitmix64 (Steele et al. 2014): every bit of the result depends on all bits.
constexpr std::uint64_t mix(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
  value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
  return value ^ (value >> 31);
}

/// A stream's own number.
constexpr std::uint64_t mix(std::uint64_t seed, std::string_view stream) {
  std::uint64_t key = mix(seed);
  for (const char byte : stream) key = mix(key ^ static_cast<unsigned char>(byte));
  return key;
}

/// Numbers that depend on the seed, the stream's name and their place in it, and on nothing else:
/// drawing from one stream never shifts another.
class Random {
 public:
  Random(std::uint64_t seed, std::string_view stream) : key_(mix(seed, stream)) {}

  std::uint64_t next() { return mix(mix(key_ ^ mix(++drawn_))); }

  /// Uniform in [0, bound); bound > 0. The bias is below bound / 2^64.
  std::uint64_t below(std::uint64_t bound) { return next() % bound; }

 private:
  std::uint64_t key_;
  std::uint64_t drawn_ = 0;
};

/// Numbers that depend on the seed, the stream's name and a key, without any order: a decision that
/// is not made leaves all others as they are.
class Draws {
 public:
  constexpr Draws(std::uint64_t seed, std::string_view stream) : key_(mix(seed, stream)) {}

  constexpr std::uint64_t at(std::uint64_t key) const { return mix(key_ ^ mix(key)); }

  /// Uniform in [low, high]; low <= high. The bias is below (high - low) / 2^64.
  constexpr std::uint64_t between(std::uint64_t low, std::uint64_t high, std::uint64_t key) const {
    const std::uint64_t options = high - low + 1;
    return options == 0 ? at(key) : low + at(key) % options;
  }

  /// True for `per_million` of a million keys.
  constexpr bool happens(std::uint32_t per_million, std::uint64_t key) const {
    return per_million > 0 && at(key) % 1'000'000 < per_million;
  }

 private:
  std::uint64_t key_;
};

/// The same on every machine.
std::uint64_t hash_of(std::string_view bytes);

}  // namespace octet

#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace octet::grading {

/// Which of up to 256 slots; small, and quick to go through.
class SlotSet {
 public:
  static constexpr std::size_t room = 256;

  bool contains(std::size_t slot) const { return (words_[slot / 64] >> slot % 64 & 1) != 0; }
  void insert(std::size_t slot) { words_[slot / 64] |= std::uint64_t{1} << slot % 64; }
  void erase(std::size_t slot) { words_[slot / 64] &= ~(std::uint64_t{1} << slot % 64); }

  /// The first slot that is not in it; `room` when all are.
  std::size_t first_free() const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if (~words_[i] != 0) return i * 64 + static_cast<std::size_t>(std::countr_one(words_[i]));
    }
    return room;
  }

  /// Calls `take` with each slot that is in this set and not in `other`.
  template <class Take>
  void for_each_not_in(const SlotSet& other, const Take& take) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      for (std::uint64_t word = words_[i] & ~other.words_[i]; word != 0; word &= word - 1) {
        take(i * 64 + static_cast<std::size_t>(std::countr_zero(word)));
      }
    }
  }

  std::uint64_t hash() const {
    std::uint64_t hash = 0;
    for (const std::uint64_t word : words_) hash = (hash ^ word) * 0x9e3779b97f4a7c15;
    return hash ^ hash >> 32;
  }

  bool operator==(const SlotSet&) const = default;

 private:
  std::array<std::uint64_t, room / 64> words_{};
};

}  // namespace octet::grading

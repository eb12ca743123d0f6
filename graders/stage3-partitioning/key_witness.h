#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace octet::store {

/// Knows what applications have asked a store about one key, and what they were told; and so what a
/// read may show. A write takes the place of what its application had been shown before, and of all
/// that this had taken the place of. Every value is written once.
///
/// A read has to show each value that was acknowledged before it began, or one that has taken its
/// place. So it is with strict quorums, in whatever order things happen: only a write that has seen
/// a value drops it (DQ3).
class KeyWitness {
 public:
  using Write = std::size_t;
  using Values = std::vector<std::string>;

  explicit KeyWitness(std::string key) : key_(std::move(key)) {}

  /// An application that was shown these values, none when it has not looked, writes value().
  Write begin_write(const Values& seen);
  const std::string& value(Write write) const { return writes_.at(write).value; }

  void stored(Write write) { stored_.push_back(write); }
  /// Returns a sentence when that cannot be.
  std::string failed(Write write);

  /// How many writes are acknowledged.
  std::size_t acknowledged() const { return stored_.size(); }

  /// What is wrong with a read that shows these values, and began when so many writes were
  /// acknowledged; empty when nothing is.
  std::string read(std::size_t acknowledged, const Values& values);

 private:
  using Set = std::vector<bool>;  // of writes, as far as it goes

  struct Written {
    std::string value;
    Set replaces;
    bool has_failed = false;
    bool was_shown = false;
  };

  std::string key_;
  std::vector<Written> writes_;
  std::map<std::string, Write> by_value_;
  std::vector<Write> stored_;  // in the order in which that was told
};

}  // namespace octet::store

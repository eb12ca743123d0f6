#pragma once

#include <bitset>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "stage3-partitioning/api/leaders.h"

namespace octet::leaders {

/// All writes of a run, made so that whoever looks at a View can tell which of them it shows: no
/// two set the same value, and what is added to a counter are powers of -2, of which no two
/// different sets have the same sum.
class Writes {
 public:
  static constexpr std::size_t most = 1024;
  using Number = std::size_t;
  using Numbers = std::bitset<most>;

  /// A new write, by a leader that has shown these.
  Number set(const std::string& key, NodeId at, const Numbers& shown);
  Number set(const std::string& key, const std::string& value, NodeId at, const Numbers& shown);
  Number add(const std::string& counter, NodeId at, const Numbers& shown);

  /// Whatever this counter comes to, it is not made of writes of these.
  void ignore(const std::string& counter) { ignored_.insert(counter); }

  std::size_t size() const { return writes_.size(); }
  const Input& input(Number write) const { return writes_[write].input; }
  NodeId at(Number write) const { return writes_[write].at; }

  /// What the view shows: adds, and sets that have won. `wrong` says why it shows what nobody has
  /// written, if it does.
  struct Shown {
    Numbers writes;
    std::string wrong = {};
  };
  Shown shown_in(const View& view) const;

  /// Which of these is missing where `shown` is shown, if any: an add that is not there, or a set
  /// in whose place is nothing, or one that it comes after.
  std::string missing(const Numbers& these, const Numbers& shown) const;

  /// All that the write's leader had shown, and what came before that, and so on.
  const Numbers& causes(Number write) const { return writes_[write].causes; }

  /// "\"x\" = \"5\" of leader 4".
  std::string text_of(Number write) const;

 private:
  struct Write {
    NodeId at;
    Input input;
    Numbers causes = {};
    Numbers beats = {};  // sets of the same key that it comes after
  };

  Number append(Write write, const Numbers& shown);
  std::optional<Number> shown_instead_of(Number write, const Numbers& shown) const;
  void decode(const std::string& counter, std::int64_t sum, Shown& shown) const;

  std::vector<Write> writes_;
  std::map<std::string, std::map<std::string, Number>> by_value_;  // by key and value
  std::map<std::string, std::vector<Number>> adds_;                // of each counter
  std::set<std::string> ignored_;
};

}  // namespace octet::leaders

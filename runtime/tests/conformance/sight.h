#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "runtime/erase/bytes.h"
#include "runtime/tests/conformance/puppet.h"

namespace octet::conformance {

using Strings = std::vector<std::string>;

/// What can be seen of a world at some moment.
struct Sight {
  std::map<NodeId, Strings> told;   // what each node told its application, over all its lives
  std::map<NodeId, Strings> disks;  // what is durable; without those that cannot be read just now
};

/// What must never be seen, in words and as a function that says whether it is.
class Rules {
 public:
  void forbid(std::string what, std::function<bool(const Sight&)> is_seen) {
    rules_.push_back({std::move(what), std::move(is_seen)});
  }

  /// "" when nothing forbidden is seen.
  std::string broken(const Sight& sight) const {
    for (const Rule& rule : rules_) {
      if (rule.is_seen(sight)) return rule.what;
    }
    return "";
  }

 private:
  struct Rule {
    std::string what;
    std::function<bool(const Sight&)> is_seen;
  };
  std::vector<Rule> rules_;
};

inline Strings texts(const std::vector<Protocol::Output>& outputs) {
  Strings all;
  for (const auto& output : outputs) all.push_back(std::get<Saw>(output).what);
  return all;
}

inline Strings texts(const std::vector<Protocol::Record>& records) {
  Strings all;
  for (const auto& record : records) all.push_back(std::get<Line>(record).text);
  return all;
}

template <class T>
std::vector<T> decoded(const std::vector<Bytes>& encoded) {
  std::vector<T> all;
  for (const Bytes& bytes : encoded) decode(bytes, all.emplace_back());
  return all;
}

}  // namespace octet::conformance

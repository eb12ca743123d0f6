#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace octet::search {

/// A number that stands for something met before. The search works on these and looks at what they
/// stand for only when it meets something new.
using Id = std::uint32_t;
constexpr Id none = ~Id{0};

/// Gives equal bytes one id; ids count from 0 in the order of their first use.
class Interner {
 public:
  Id id_of(std::string_view bytes) {
    const auto known = ids_.find(bytes);
    if (known != ids_.end()) return known->second;
    const Id id = static_cast<Id>(all_.size());
    ids_.emplace(all_.emplace_back(bytes), id);  // a deque's elements stay where they are
    return id;
  }
  const std::string& operator[](Id id) const { return all_[id]; }

 private:
  std::deque<std::string> all_;
  std::unordered_map<std::string_view, Id> ids_;
};

/// The same for values that have a key(): bytes, equal if and only if the values are.
template <class Value>
class Numbered {
 public:
  Id id_of(Value value) {
    const Id id = keys_.id_of(value.key());
    if (id == values_.size()) values_.push_back(std::move(value));
    return id;
  }
  const Value& operator[](Id id) const { return values_[id]; }

 private:
  Interner keys_;
  std::deque<Value> values_;
};

}  // namespace octet::search

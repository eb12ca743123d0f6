#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

/// What clients of a key-value store did and got: the input of the checker.
namespace octet::grading {

/// One operation on one key. Three ends are possible, and they are not the same: it returned, it
/// failed and surely never takes effect (then it is not in a history at all), or nobody knows. What
/// nobody knows may take effect at any time after its call, or never.
struct Operation {
  enum class Kind : std::uint8_t {
    get,     // read the value; that of a key that is not there is empty
    put,     // the value is `argument` now
    append,  // `argument` comes behind the value
    cas,     // the value is `argument` now, if it was `expected` (compare and swap)
  };

  static constexpr std::size_t never = std::numeric_limits<std::size_t>::max();

  std::uint64_t client = 0;
  Kind kind = Kind::get;
  std::size_t called = 0;        // place in the order of all calls and returns
  std::size_t returned = never;  // likewise; never: nobody knows what became of it
  std::string_view argument = {};
  std::string_view expected = {};
  std::string_view result = {};  // of a get
  bool swapped = true;           // what a cas that returned says

  bool is_known() const { return returned != never; }

  /// That it changes the value, or may.
  bool writes() const { return kind != Kind::get && (kind != Kind::cas || swapped); }

  /// That it shows what the value was, and for sure.
  bool shows() const { return is_known() && (kind == Kind::get || (kind == Kind::cas && swapped)); }

  /// What it shows, or what it compared with.
  std::string_view seen() const { return kind == Kind::get ? result : expected; }
};

/// The operations on one key. Texts belong to somebody else, and outlive it.
using Operations = std::vector<Operation>;

}  // namespace octet::grading

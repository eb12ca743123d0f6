#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

/// What the clients of an object did and got: the input of the checker.
namespace octet::grading {

/// What an object is, and so what can be done with it.
enum class Model : std::uint8_t {
  key_value,       // one key of a store: get, put, append, cas; empty at first
  register_value,  // read and write; empty at first
  queue,           // first in, first out: enqueue, dequeue; empty at first
  lock,            // acquire, release; free at first
};

/// One operation on one object. Three ends are possible, and they are not the same: it returned, it
/// failed and surely never takes effect (then it is not in a history at all), or nobody knows. What
/// nobody knows may take effect at any time after its call, or never.
struct Operation {
  enum class Kind : std::uint8_t {
    get,      // key_value: reads the value; that of a key that is not there is empty
    put,      // the value is `argument` now
    append,   // `argument` comes behind the value
    cas,      // the value is `argument` now, if it was `expected` (compare and swap)
    read,     // register_value: reads the value
    write,    // the value is `argument` now
    enqueue,  // queue: `argument` is its last now
    dequeue,  // takes its first; says so when there is none
    acquire,  // lock: is the client's now; says so when it is somebody's
    release,  // is nobody's now; only for the client whose it is
  };

  static constexpr std::size_t never = std::numeric_limits<std::size_t>::max();

  std::uint64_t client = 0;
  Kind kind = Kind::get;
  bool succeeded = true;         // when it returned: a cas swapped, a dequeue got something, an
                                 // acquire got the lock; the others always do
  std::size_t called = 0;        // place in the order of all calls and returns
  std::size_t returned = never;  // likewise; never: nobody knows what became of it
  std::string_view argument = {};
  std::string_view expected = {};
  std::string_view result = {};  // of a get, read or dequeue
  std::size_t line = 0;          // of the file that it was read from

  bool is_known() const { return returned != never; }
};

/// The operations on one object. Texts belong to somebody else, and outlive it.
using Operations = std::vector<Operation>;

/// The one that returned last, which is the last of all to be explained; their number when none
/// did.
constexpr std::size_t last_to_return(const Operations& operations) {
  std::size_t last = operations.size();
  for (std::size_t i = 0; i < operations.size(); ++i) {
    if (!operations[i].is_known()) continue;
    if (last == operations.size() || operations[i].returned > operations[last].returned) last = i;
  }
  return last;
}

constexpr Model model_of(Operation::Kind kind) {
  using Kind = Operation::Kind;
  if (kind <= Kind::cas) return Model::key_value;
  if (kind <= Kind::write) return Model::register_value;
  return kind <= Kind::dequeue ? Model::queue : Model::lock;
}

}  // namespace octet::grading

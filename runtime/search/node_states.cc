#include "runtime/search/node_states.h"

#include <string>
#include <string_view>
#include <utility>

#include "runtime/search/violation.h"
#include "runtime/search/words.h"

namespace octet::search {
namespace {

/// Calls a member of the node's class.
template <class Call>
decltype(auto) call(const AnyNode& node, std::string_view member, Call call) {
  return guarded(call,
                 [&] { return std::string(member) + " of " + std::string(node.class_name()); });
}

Bytes state_of(const AnyNode& node) {
  return call(node, "serialize()", [&] { return node.state(); });
}

bool are_equal(const AnyNode& one, const AnyNode& other) {
  return call(one, "operator==", [&] { return one.equals(other); });
}

void must_be_equal(const AnyNode& known, const AnyNode& node) {
  if (are_equal(node, known)) return;
  throw Violation("serialize() of " + std::string(node.class_name()) +
                  " forgets a field: two states of the node differ by == and have the same "
                  "state(), so the search would merge them");
}

void copy_must_be_the_same(const AnyNode& node, const Bytes& state) {
  const auto copy = call(node, "the copy constructor", [&] { return node.clone(); });
  if (state_of(*copy) == state && are_equal(*copy, node)) return;
  throw Violation("a copy of " + std::string(node.class_name()) +
                  " is not equal to it, so the search cannot go on from a copy");
}

}  // namespace

Id NodeStates::id_of(Id place, std::unique_ptr<AnyNode> node) {
  const Bytes state = state_of(*node);
  Bytes key;
  append_word(key, place);  // what is configured differs by node and need not be in the state
  const Id id = bytes_.id_of(key + state);
  if (id < known_.size()) {
    must_be_equal(*known_[id].node, *node);
    return id;
  }
  known_.push_back({.node = std::move(node)});
  copy_must_be_the_same(*known_[id].node, state);
  return id;
}

const std::any& NodeStates::view(Id id) {
  Known& known = known_[id];
  if (!known.view.has_value()) {
    known.view = call(*known.node, "view()", [&] { return known.node->view(); });
  }
  return known.view;
}

}  // namespace octet::search

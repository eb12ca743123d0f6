#include "runtime/search/node_states.h"

#include <string>
#include <utility>

#include "runtime/search/words.h"

namespace octet::search {
namespace {

void must_be_equal(const AnyNode& known, const AnyNode& node) {
  if (node.equals(known)) return;
  throw Unmergeable("serialize() of " + std::string(node.class_name()) +
                    " forgets a field: two states of the node differ by == and have the same "
                    "state(), so the search would merge them");
}

void copy_must_be_the_same(const AnyNode& node, const Bytes& state) {
  const auto copy = node.clone();
  if (copy->state() == state && copy->equals(node)) return;
  throw Unmergeable("a copy of " + std::string(node.class_name()) +
                    " is not equal to it, so the search cannot go on from a copy");
}

}  // namespace

Id NodeStates::id_of(Id place, std::unique_ptr<AnyNode> node) {
  const Bytes state = node->state();
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
  if (!known.view.has_value()) known.view = known.node->view();
  return known.view;
}

}  // namespace octet::search

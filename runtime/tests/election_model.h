#pragma once

#include <string>

#include "runtime/erase/erased_node.h"
#include "runtime/search/explorer.h"
#include "runtime/tests/election.h"

namespace octet::election {

/// Voters 1 to 3, to the end of some term.
template <class Node = Voter>
search::Model three_voters(std::uint32_t max_crashes, std::uint32_t last_term) {
  search::Model model{.nodes = {1, 2, 3},
                      .make =
                          [](NodeId) {
                            return make_node(Node({1, 2, 3}));
                          },
                      .max_crashes = max_crashes,
                      .max_copies = 1};
  model.invariant("no term has two leaders", [](const search::Snapshot& at) -> std::string {
    for (const NodeId a : at.nodes()) {
      for (const NodeId b : at.nodes()) {
        const auto* one = at.view<typename Node::View>(a);
        const auto* other = at.view<typename Node::View>(b);
        if (a == b || one == nullptr || other == nullptr) continue;
        if (one->is_leader && other->is_leader && one->term == other->term) {
          return "term " + std::to_string(one->term) + " has two";
        }
      }
    }
    return "";
  });
  model.goal("a leader exists", [](const search::Snapshot& at) {
    const auto* one = at.view<typename Node::View>(1);
    return one != nullptr && one->is_leader;
  });
  model.prune("the last term is over", [last_term](const search::Snapshot& at) {
    for (const NodeId id : at.nodes()) {
      const auto* node = at.view<typename Node::View>(id);
      if (node != nullptr && node->term > last_term) return true;
    }
    return false;
  });
  return model;
}

}  // namespace octet::election

#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "runtime/erase/erased_node.h"
#include "runtime/search/explorer.h"
#include "runtime/tests/conformance/sight.h"

namespace octet::conformance {

/// A search has no one run, so a test is two questions to it. What the test does is a run: it has
/// to get where the test says, in some order of what is left open. And beside that run, everything
/// is explored that can happen with what the test did since it last arrived somewhere, in every
/// order and with one crash more, between any two effects: nothing forbidden may be seen.
///
/// Not put to the search: a message that is rubbish. Whoever sends is a node, and its messages are
/// of the protocol by their type; bytes from elsewhere come over TCP alone. An input can be
/// rubbish.
class SearchDriver {
 public:
  SearchDriver() {
    model_.nodes = {1, 2};
    model_.make = [](NodeId) { return make_node(Puppet()); };
    for (const NodeId id : model_.nodes) run_.push_back({.kind = Kind::start, .node = id});
    arrived_ = run_;
  }

  void forbid(std::string what, std::function<bool(const Sight&)> is_seen) {
    rules_.forbid(std::move(what), std::move(is_seen));
  }

  void input(NodeId id, const std::vector<Step>& steps) {
    const auto choices = std::ranges::count(steps, Step::Kind::choose, &Step::kind);
    give(id, encode(Protocol::Input(Script{steps})), static_cast<std::size_t>(choices));
  }
  void rubbish(NodeId id) { give(id, "\x01rubbish", 0); }
  void crash(NodeId id) {
    run_.push_back({.kind = Kind::crash, .node = id});
    ++model_.max_crashes;
  }
  void restart(NodeId id) { run_.push_back({.kind = Kind::restart, .node = id}); }

  testing::AssertionResult reaches(NodeId id, const Strings& told) {
    const search::Result everything = explore_since_arrival();
    if (!everything.exhausted()) return testing::AssertionFailure() << everything.story();
    search::Model model = model_;
    model.opening = run_;
    model.goal("it is told", [&](const search::Snapshot& at) {
      return texts(at.outputs<Protocol::Output>(id)) == told;
    });
    const search::Result result = explore(model, {.until_goals = true});
    if (!result.reached("it is told")) return testing::AssertionFailure() << result.story();
    arrived_ = run_ = result.trace;
    return testing::AssertionSuccess();
  }

 private:
  using Kind = search::Step::Kind;

  void give(NodeId id, const Bytes& bytes, std::size_t choices) {
    model_.inputs.push_back({id, bytes});
    run_.push_back({.kind = Kind::input,
                    .node = id,
                    .bytes = bytes,
                    .choices = std::vector<std::uint64_t>(choices)});
  }

  search::Result explore_since_arrival() const {
    search::Model model = model_;
    model.opening = arrived_;
    ++model.max_crashes;
    model.invariant("the rules", [this](const search::Snapshot& at) {
      Sight sight;
      for (const NodeId id : at.nodes()) {
        sight.told[id] = texts(at.outputs<Protocol::Output>(id));
        sight.disks[id] = texts(at.records<Protocol::Record>(id));
      }
      return rules_.broken(sight);
    });
    return explore(model);
  }

  search::Model model_;
  std::vector<search::Step> run_;      // what the test has done
  std::vector<search::Step> arrived_;  // as far as it was when it last arrived
  Rules rules_;
};

}  // namespace octet::conformance

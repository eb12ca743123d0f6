#pragma once

#include <cstddef>
#include <cstdint>

#include "runtime/search/model.h"
#include "runtime/search/result.h"
#include "runtime/search/snapshot.h"
#include "runtime/search/step.h"

/// The bounded search: takes every step that a model allows, in every order, and checks every state
/// that it comes to. Include this header; the others of the folder are its parts.
///
///     Model model{.nodes = {1, 2}, .make = ..., .inputs = {...}, .max_crashes = 1};
///     model.invariant("what is counted is stored", [](const Snapshot& at) -> std::string { ... });
///     const Result result = explore(model, {.max_depth = 30});
///     EXPECT_TRUE(result.ok()) << result.story();
///
/// A run is seen again, to its violation, by opening with it:
///
///     model.opening = result.trace;
///     explore(model, {.max_depth = 0});
///
/// It becomes a picture by way of trace_of.h.
///
/// Two states are one when their fingerprints of 128 bits are equal: those of all nodes' states,
/// timers, disks, outputs and inputs, of the messages in flight, and of what is left to go wrong.
///
/// A violation is also: whatever is thrown by a handler, by another member of the node's class or
/// by a check; and a node whose == tells two states apart that have the same state(), for
/// serialize() forgets a field then, and the search would merge what differs.
namespace octet::search {

/// Counts, never seconds, so that a verdict is the same on every machine.
struct Bounds {
  std::uint64_t max_states = 1'000'000;  // below 2^32
  std::size_t max_depth = 1'000;         // steps after the nodes' start
  std::size_t max_choices = 1'000;       // ways for one handler to end, by what choose() returns
  bool until_goals = false;              // end as soon as every goal was met
};

/// Breadth first: no run that breaks something is shorter than the one in the result.
Result explore(const Model& model, const Bounds& bounds = {});

/// For spaces too large: walks at random from the start, each as deep as the bound, and repeats
/// them from the seed. Takes `max_states` steps, to states that may come again. Exhausts nothing,
/// unless there is no step at all.
Result explore_randomly(const Model& model, std::uint64_t seed, const Bounds& bounds = {});

}  // namespace octet::search

#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "runtime/sim/world.h"
#include "stage4-raft/api/raft.h"

namespace octet::raft {

/// Ten times what a run of these tests has, so that one that never comes to rest is soon over.
inline const sim::WorldOptions limited = {.max_events = 100'000};

/// Messages are lost, come twice, and come seconds late.
inline const sim::WorldOptions rough = {.network = {.loss = 30'000,
                                                    .duplication = 100'000,
                                                    .long_delay = 20'000,
                                                    .longest_delay = std::chrono::seconds(3)},
                                        .max_events = 500'000};

/// So many servers, with ids that are neither contiguous nor in order.
std::vector<NodeId> servers_of_size(std::size_t size);

std::vector<NodeId> without(const std::vector<NodeId>& servers, const std::vector<NodeId>& these);

/// Runs until one of these servers leads in a term that is later than that of every other of them
/// that is up. Nothing when that is not so within this time.
std::optional<NodeId> run_until_one_leads(sim::World& world, const std::vector<NodeId>& among,
                                          const std::function<View(NodeId)>& view, Duration within);

}  // namespace octet::raft

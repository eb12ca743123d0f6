#pragma once

#include <cstdint>
#include <string>

#include "runtime/search/explorer.h"
#include "stage4-raft/api/solution.h"

namespace octet::raft {

/// So many servers, for a search that ends where a term after the last one begins. In no state do
/// two servers lead in one term, or apply different commands at one place.
search::Model searched_servers(std::size_t size, std::uint64_t last_term, Config config = {});

bool leads_in(const search::Snapshot& at, NodeId id, std::uint64_t term);
bool stands_in(const search::Snapshot& at, NodeId id, std::uint64_t term);

/// Whether an entry with this command is in its log; not while it is down.
bool has_in_log(const search::Snapshot& at, NodeId id, const std::string& command);

bool is_on_the_way_from(const search::Snapshot& at, NodeId sender);

search::GivenInput proposal(NodeId at, const std::string& command);

/// What this server has told to be committed, in all its lives.
std::size_t count_committed(const search::Snapshot& at, NodeId id);

/// Searches; every goal of the model must be met, or the test means nothing. A search that ends
/// before it has seen all states does not count for that: another design may have more of them.
void search_to_all_goals(const search::Model& model, std::uint64_t max_states);

}  // namespace octet::raft

#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "runtime/search/explorer.h"
#include "stage4-raft/api/solution.h"

namespace octet::raft {

/// So many servers, for a search that ends where a term after the last one begins. In no state do
/// two servers lead in one term, or apply different commands at one place.
search::Model searched_servers(std::size_t size, std::uint64_t last_term);

bool leads_in(const search::Snapshot& at, NodeId id, std::uint64_t term);

/// What this server has told to be committed, in all its lives.
std::size_t count_committed(const search::Snapshot& at, NodeId id);

/// The same servers, after a shortest run to where this is so: from there the search begins.
search::Model after(search::Model model, const std::string& what,
                    const std::function<bool(const search::Snapshot&)>& is_so);

/// Searches; every goal of the model must be met, or the test means nothing.
void search_to_all_goals(const search::Model& model, std::uint64_t max_states);

}  // namespace octet::raft

#include "runtime/search/snapshot.h"

#include "runtime/check.h"
#include "runtime/search/catalogue.h"
#include "runtime/search/world_state.h"

namespace octet::search {
namespace {

Id host_id(const Catalogue& catalogue, const WorldState& state, NodeId node) {
  const Id place = catalogue.place_of(node);
  OCTET_CHECK(place != none, "a check asks for nodes of its model");
  return state.host(place);
}

const Host& host_of(const Catalogue& catalogue, const WorldState& state, NodeId node) {
  return catalogue.hosts[host_id(catalogue, state, node)];
}

}  // namespace

std::span<const NodeId> Snapshot::nodes() const {
  return catalogue_.model.nodes;
}

bool Snapshot::is_up(NodeId node) const {
  return host_of(catalogue_, state_, node).is_up();
}

std::vector<InFlight> Snapshot::messages() const {
  std::vector<InFlight> all;
  for (const Id id : state_.messages()) {
    const Message& message = catalogue_.messages[id];
    all.push_back({.from = nodes()[message.sender],
                   .to = nodes()[message.receiver],
                   .bytes = catalogue_.bytes[message.bytes]});
  }
  return all;
}

const std::any& Snapshot::any_view(NodeId node) const {
  return catalogue_.states.view(host_of(catalogue_, state_, node).state);
}

std::vector<std::string_view> Snapshot::encoded(NodeId node, Kept kept) const {
  const Host& host = host_of(catalogue_, state_, node);
  std::vector<std::string_view> all;
  for (const Id id : kept == Kept::outputs ? host.outputs : host.records) {
    all.push_back(catalogue_.bytes[id]);
  }
  return all;
}

std::any& Snapshot::memory(NodeId node, Kept kept) const {
  const Id host = host_id(catalogue_, state_, node);
  if (host >= catalogue_.decoded.size()) catalogue_.decoded.resize(host + 1);
  Catalogue::Decoded& decoded = catalogue_.decoded[host];
  return kept == Kept::outputs ? decoded.outputs : decoded.records;
}

}  // namespace octet::search

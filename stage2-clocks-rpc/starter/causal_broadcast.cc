#include "causal_broadcast.h"

#include "runtime/check.h"

namespace octet::causal {

CausalBroadcast::CausalBroadcast(Config config) {
  YOUR_CODE_HERE;
}

void CausalBroadcast::start(std::span<const Protocol::Record> recovered, Context& ctx) {
  YOUR_CODE_HERE;
}

void CausalBroadcast::on(const Broadcast& broadcast, Context& ctx) {
  YOUR_CODE_HERE;
}

void CausalBroadcast::on(const Told& told, NodeId from, Context& ctx) {
  YOUR_CODE_HERE;
}

CausalBroadcast::View CausalBroadcast::view() const {
  YOUR_CODE_HERE;
}

}  // namespace octet::causal

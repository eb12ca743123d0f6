#include "rumour.h"

#include "runtime/check.h"

namespace octet::gossip::rumour {

void Rumour::start(std::span<const Protocol::Record> recovered, Context& ctx) {
  YOUR_CODE_HERE;
}

void Rumour::on(const Tell& tell, Context& ctx) {
  YOUR_CODE_HERE;
}

void Rumour::on(const Rumours& rumours, NodeId from, Context& ctx) {
  YOUR_CODE_HERE;
}

void Rumour::on(const RoundDue& timer, Context& ctx) {
  YOUR_CODE_HERE;
}

}  // namespace octet::gossip::rumour

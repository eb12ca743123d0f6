#include "anti_entropy.h"

#include "runtime/check.h"

namespace octet::gossip::anti_entropy {

void AntiEntropy::start(std::span<const Protocol::Record> recovered, Context& ctx) {
  YOUR_CODE_HERE;
}

void AntiEntropy::on(const Put& put, Context& ctx) {
  YOUR_CODE_HERE;
}

void AntiEntropy::on(const ExchangeDue& timer, Context& ctx) {
  YOUR_CODE_HERE;
}

void AntiEntropy::on(const Digest& digest, NodeId from, Context& ctx) {
  YOUR_CODE_HERE;
}

void AntiEntropy::on(const Difference& difference, NodeId from, Context& ctx) {
  YOUR_CODE_HERE;
}

void AntiEntropy::on(const Newer& newer, NodeId from, Context& ctx) {
  YOUR_CODE_HERE;
}

Contents AntiEntropy::view() const {
  YOUR_CODE_HERE;
}

}  // namespace octet::gossip::anti_entropy

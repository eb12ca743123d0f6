#include "total_order.h"

#include "runtime/check.h"

namespace octet::total_order {

TotalOrder::TotalOrder(Config config) {
  YOUR_CODE_HERE;
}

void TotalOrder::start(std::span<const Protocol::Record> recovered, Context& ctx) {
  YOUR_CODE_HERE;
}

void TotalOrder::on(const Multicast& multicast, Context& ctx) {
  YOUR_CODE_HERE;
}

void TotalOrder::on(const Told& told, NodeId from, Context& ctx) {
  YOUR_CODE_HERE;
}

void TotalOrder::on(const Acknowledged& acknowledged, NodeId from, Context& ctx) {
  YOUR_CODE_HERE;
}

TotalOrder::View TotalOrder::view() const {
  YOUR_CODE_HERE;
}

}  // namespace octet::total_order

#include "bully.h"

#include "runtime/check.h"

namespace octet::election::bully {

void Bully::start(std::span<const Protocol::Record> recovered, Context& ctx) {
  YOUR_CODE_HERE;
}

void Bully::on(const Elect& elect, Context& ctx) {
  YOUR_CODE_HERE;
}

void Bully::on(const AreYouUp& question, NodeId from, Context& ctx) {
  YOUR_CODE_HERE;
}

void Bully::on(const IAmUp& answer, NodeId from, Context& ctx) {
  YOUR_CODE_HERE;
}

void Bully::on(const NobodyAbove& timer, Context& ctx) {
  YOUR_CODE_HERE;
}

void Bully::on(const Halt& halt, NodeId from, Context& ctx) {
  YOUR_CODE_HERE;
}

void Bully::on(const AllBelowHalted& timer, Context& ctx) {
  YOUR_CODE_HERE;
}

void Bully::on(const Coordinator& coordinator, NodeId from, Context& ctx) {
  YOUR_CODE_HERE;
}

void Bully::on(const NoCoordinator& timer, Context& ctx) {
  YOUR_CODE_HERE;
}

}  // namespace octet::election::bully

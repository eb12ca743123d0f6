#include "leader.h"

#include "runtime/check.h"

namespace octet::leaders {

void Leader::start(std::span<const Protocol::Record> recovered, Context& ctx) {
  YOUR_CODE_HERE;
}

void Leader::on(const Set& write, Context& ctx) {
  YOUR_CODE_HERE;
}

void Leader::on(const Add& write, Context& ctx) {
  YOUR_CODE_HERE;
}

void Leader::on(const TalkDue& timer, Context& ctx) {
  YOUR_CODE_HERE;
}

void Leader::on(const Updates& message, NodeId neighbour, Context& ctx) {
  YOUR_CODE_HERE;
}

}  // namespace octet::leaders

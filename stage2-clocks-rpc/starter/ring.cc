#include "ring.h"

#include "runtime/check.h"

namespace octet::election::ring {

void Ring::start(std::span<const Protocol::Record> recovered, Context& ctx) {
  YOUR_CODE_HERE;
}

void Ring::on(const Elect& elect, Context& ctx) {
  YOUR_CODE_HERE;
}

void Ring::on(const Pass& pass, NodeId from, Context& ctx) {
  YOUR_CODE_HERE;
}

void Ring::on(const Received& received, NodeId from, Context& ctx) {
  YOUR_CODE_HERE;
}

void Ring::on(const NotReceived& timer, Context& ctx) {
  YOUR_CODE_HERE;
}

void Ring::on(const NotElected& timer, Context& ctx) {
  YOUR_CODE_HERE;
}

}  // namespace octet::election::ring

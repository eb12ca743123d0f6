#include "message_queue.h"

#include "runtime/check.h"

namespace octet::queue {

void MessageQueue::start(std::span<const Protocol::Record> recovered, Context& ctx) {
  YOUR_CODE_HERE;
}

void MessageQueue::on(const Enqueue& enqueue, Context& ctx) {
  YOUR_CODE_HERE;
}

void MessageQueue::on(const Receive& receive, Context& ctx) {
  YOUR_CODE_HERE;
}

void MessageQueue::on(const Acknowledge& acknowledge, Context& ctx) {
  YOUR_CODE_HERE;
}

void MessageQueue::on(const VisibleAgain& timer, Context& ctx) {
  YOUR_CODE_HERE;
}

}  // namespace octet::queue

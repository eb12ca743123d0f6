#include "message_queue.h"
#include "runtime/erase/erased_node.h"
#include "stage2-clocks-rpc/api/solution.h"

namespace octet::queue {

static_assert(std::is_same_v<MessageQueue::Protocol::Input, Input> &&
                  std::is_same_v<MessageQueue::Protocol::Output, Output>,
              "the Input and Output of message_queue.h must be those of api/queue.h");

std::unique_ptr<AnyNode> make_queue(const Config& config) {
  return make_node(MessageQueue(config));
}

}  // namespace octet::queue

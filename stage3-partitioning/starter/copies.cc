#include "runtime/check.h"
#include "store_node.h"

/// The copies that this node has, and what coordinators ask of them.
namespace octet::store {

void StoreNode::on(const ReadCopy& ask, NodeId coordinator, Context& ctx) {
  YOUR_CODE_HERE;
}

/// What is sent after a record waits for the disk.
void StoreNode::on(const StoreCopy& ask, NodeId coordinator, Context& ctx) {
  YOUR_CODE_HERE;
}

}  // namespace octet::store

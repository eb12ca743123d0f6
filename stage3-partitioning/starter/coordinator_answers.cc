#include "runtime/check.h"
#include "store_node.h"

/// What a coordinator makes of the answers of copies (§4.5).
namespace octet::store {

void StoreNode::on(const CopyRead& answer, NodeId node, Context& ctx) {
  YOUR_CODE_HERE;
}

void StoreNode::on(const CopyStored& answer, NodeId node, Context& ctx) {
  YOUR_CODE_HERE;
}

}  // namespace octet::store

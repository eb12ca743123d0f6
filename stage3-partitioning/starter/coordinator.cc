#include "runtime/check.h"
#include "store_node.h"

/// How a node answers requests, by asking those that have copies (§4.5).
namespace octet::store {

void StoreNode::on(const Get& get, Context& ctx) {
  YOUR_CODE_HERE;
}

void StoreNode::on(const Put& put, Context& ctx) {
  YOUR_CODE_HERE;
}

void StoreNode::on(const Delete& del, Context& ctx) {
  YOUR_CODE_HERE;
}

void StoreNode::on(const RetryDue& timer, Context& ctx) {
  YOUR_CODE_HERE;
}

void StoreNode::on(const PatienceIsOver& timer, Context& ctx) {
  YOUR_CODE_HERE;
}

}  // namespace octet::store

#pragma once

#include <memory>

#include "runtime/erase/any_node.h"
#include "stage4-raft/api/kv.h"
#include "stage4-raft/api/raft.h"

// The seam between this stage's graders and a solution: everything that a grader may call. The
// files in api/seam/ connect it to the classes that a student writes, so a grader is compiled once
// and linked with any solution.

namespace octet::raft {
/// Its view is a raft::View.
std::unique_ptr<AnyNode> make_server(const Config& config);
}  // namespace octet::raft

namespace octet::kv {
/// Its view is a kv::View.
std::unique_ptr<AnyNode> make_kv_server(const raft::Config& config);
/// Its inputs are a ClientInput, its outputs a ClientOutput.
std::unique_ptr<AnyNode> make_kv_client(const ClientConfig& config);
}  // namespace octet::kv

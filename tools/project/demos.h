#pragma once

#include <string>
#include <vector>

#include "tools/project/project.h"

namespace octet::lab {

/// The programs of a stage's demo folder, by name: those that a person runs, those that are a node
/// of a cluster ("chat" of chat_node.cc), those through which other programs use such nodes
/// ("kv" of kv_gateway.cc, for kv_node.cc), and those that direct such nodes for a person ("store"
/// of store_operator.cc, for store_node.cc; these nodes serve other programs themselves).
struct Demos {
  std::vector<std::string> programs;
  std::vector<std::string> nodes;
  std::vector<std::string> gateways;
  std::vector<std::string> operators;
};
Demos demos_of(const StageFolder& stage);

}  // namespace octet::lab

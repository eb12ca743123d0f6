#pragma once

#include <string>
#include <variant>
#include <vector>

#include "graders/stage2-clocks-rpc/conversation.h"
#include "stage2-clocks-rpc/api/solution.h"

namespace octet::causal {

/// Members of a causal broadcast.
inline grading::Conversation::Kind kind() {
  return {
      .make = [](const std::vector<NodeId>& members) { return make_causal_broadcast({members}); },
      .input = [](const std::string& text) { return encode(Input(Broadcast{text})); },
      .output =
          [](const Bytes& bytes) {
            Output output;
            decode(bytes, output);
            const auto& delivered = std::get<Delivered>(output);
            return grading::Conversation::Delivery{delivered.from, delivered.text};
          },
  };
}

}  // namespace octet::causal

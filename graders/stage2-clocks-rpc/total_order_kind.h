#pragma once

#include <string>
#include <variant>
#include <vector>

#include "graders/stage2-clocks-rpc/conversation.h"
#include "stage2-clocks-rpc/api/solution.h"

namespace octet::total_order {

/// Members of a total order multicast.
inline grading::Conversation::Kind kind() {
  return {
      .make = [](const std::vector<NodeId>& members) { return make_total_order({members}); },
      .input = [](const std::string& text) { return encode(Input(Multicast{text})); },
      .output =
          [](const Bytes& bytes) {
            Output output;
            decode(bytes, output);
            const auto& delivered = std::get<Delivered>(output);
            return grading::Conversation::Delivery{delivered.from, delivered.text};
          },
      .all_in_one_order = true,
  };
}

}  // namespace octet::total_order

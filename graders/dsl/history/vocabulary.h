#pragma once

#include <deque>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "graders/dsl/history/operation.h"

namespace octet::grading {

/// The operation that these words name, and the key of its object (json_history.h has the list).
/// `result` is null unless it is known. New texts go to `texts`. Throws Unreadable with what is
/// wrong: "Put needs a value".
struct Named {
  std::string key;
  Operation operation;
};
Named understand(std::string_view name, const nlohmann::json& arguments,
                 const nlohmann::json* result, std::deque<std::string>& texts);

}  // namespace octet::grading

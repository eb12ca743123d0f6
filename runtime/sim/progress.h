#pragma once

#include <cstdint>

namespace octet::sim {

/// Where a run is, for whoever is left when a handler ends the process.
struct Progress {
  bool in_handler = false;
  std::uint32_t node = 0;
  std::int64_t now_ns = 0;
  std::uint64_t seed = 0;
};

/// Says so while a handler runs. `progress` may be null.
class InHandler {
 public:
  InHandler(Progress* progress, const Progress& place) : progress_(progress) {
    if (progress_ != nullptr) *progress_ = place;
  }
  ~InHandler() {
    if (progress_ != nullptr) progress_->in_handler = false;
  }
  InHandler(const InHandler&) = delete;
  InHandler& operator=(const InHandler&) = delete;

 private:
  Progress* progress_;
};

}  // namespace octet::sim

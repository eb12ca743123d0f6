#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "stage2-clocks-rpc/api/solution.h"

namespace octet::clocks {

inline constexpr std::int64_t second_us = 1'000'000;
inline constexpr std::int64_t hour_us = 3600 * second_us;

/// A physical time to begin with: of November 2023.
inline constexpr std::int64_t noon_us = 1'700'000'000 * second_us;

/// "noon + 3 us, counter 7"
std::string text(const HybridStamp& stamp);

/// A process with its hybrid clock, which tells what it does. Fails the test when a stamp is not
/// above all that its process knows (H1, H4), below the physical time, or further above it than
/// what the process knows (H2).
class HybridProcess {
 public:
  explicit HybridProcess(HybridConfig config = {}, HybridStamp last = {});

  HybridStamp tick(std::int64_t now_us);
  HybridStamp receive(const HybridStamp& message, std::int64_t now_us);
  void expect_refused(const HybridStamp& message, std::int64_t now_us);

  /// Ends here, and starts again with its last stamp.
  void restart();

  enum class Tells { every_event, what_fails, nothing };
  void set_tells(Tells tells) { tells_ = tells; }

 private:
  void check(const char* what, const HybridStamp* message, std::int64_t now_us,
             const HybridStamp& stamp);

  HybridConfig config_;
  HybridStamp last_;
  std::unique_ptr<AnyHybridClock> clock_;
  Tells tells_ = Tells::every_event;
  std::int64_t events_ = 0;
};

}  // namespace octet::clocks

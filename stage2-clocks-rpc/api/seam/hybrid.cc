#include "hybrid_clock.h"
#include "stage2-clocks-rpc/api/solution.h"

namespace octet::clocks {
namespace {

class Erased final : public AnyHybridClock {
 public:
  Erased(HybridConfig config, HybridStamp last) : clock_(config, last) {}
  HybridStamp tick(std::int64_t now_us) override { return clock_.tick(now_us); }
  std::optional<HybridStamp> receive(const HybridStamp& message, std::int64_t now_us) override {
    return clock_.receive(message, now_us);
  }

 private:
  HybridClock clock_;
};

}  // namespace

std::unique_ptr<AnyHybridClock> make_hybrid_clock(HybridConfig config, HybridStamp last) {
  return std::make_unique<Erased>(config, last);
}

}  // namespace octet::clocks

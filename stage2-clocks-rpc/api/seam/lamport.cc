#include "lamport_clock.h"
#include "stage2-clocks-rpc/api/solution.h"

namespace octet::clocks {
namespace {

class Erased final : public AnyLamportClock {
 public:
  explicit Erased(NodeId process) : clock_(process) {}
  LamportStamp tick() override { return clock_.tick(); }
  LamportStamp receive(const LamportStamp& message) override { return clock_.receive(message); }

 private:
  LamportClock clock_;
};

}  // namespace

std::unique_ptr<AnyLamportClock> make_lamport_clock(NodeId process) {
  return std::make_unique<Erased>(process);
}

bool lamport_comes_before(const LamportStamp& left, const LamportStamp& right) {
  return comes_before(left, right);
}

}  // namespace octet::clocks

#include "stage2-clocks-rpc/api/solution.h"
#include "vector_clock.h"

namespace octet::clocks {
namespace {

class Erased final : public AnyVectorClock {
 public:
  explicit Erased(NodeId process) : clock_(process) {}
  VectorStamp tick() override { return clock_.tick(); }
  VectorStamp receive(const VectorStamp& message) override { return clock_.receive(message); }

 private:
  VectorClock clock_;
};

}  // namespace

std::unique_ptr<AnyVectorClock> make_vector_clock(NodeId process) {
  return std::make_unique<Erased>(process);
}

Order compare_vectors(const VectorStamp& left, const VectorStamp& right) {
  return compare(left, right);
}

}  // namespace octet::clocks

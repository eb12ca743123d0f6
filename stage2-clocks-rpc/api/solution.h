#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "runtime/erase/any_node.h"
#include "stage2-clocks-rpc/api/clocks.h"
#include "stage2-clocks-rpc/api/election.h"
#include "stage2-clocks-rpc/api/gossip.h"
#include "stage2-clocks-rpc/api/queue.h"

/// The seam between this stage's graders and a solution: everything that a grader may call. The
/// files in api/seam/ connect it to the classes that a student writes, so a grader is compiled once
/// and linked with any solution.
namespace octet::clocks {

/// A LamportClock.
class AnyLamportClock {
 public:
  virtual ~AnyLamportClock() = default;
  virtual LamportStamp tick() = 0;
  virtual LamportStamp receive(const LamportStamp& message) = 0;
};
std::unique_ptr<AnyLamportClock> make_lamport_clock(NodeId process);

/// The comes_before() of lamport_clock.h.
bool lamport_comes_before(const LamportStamp& left, const LamportStamp& right);

/// A VectorClock.
class AnyVectorClock {
 public:
  virtual ~AnyVectorClock() = default;
  virtual VectorStamp tick() = 0;
  virtual VectorStamp receive(const VectorStamp& message) = 0;
};
std::unique_ptr<AnyVectorClock> make_vector_clock(NodeId process);

/// The compare() of vector_clock.h.
Order compare_vectors(const VectorStamp& left, const VectorStamp& right);

/// A HybridClock.
class AnyHybridClock {
 public:
  virtual ~AnyHybridClock() = default;
  virtual HybridStamp tick(std::int64_t now_us) = 0;
  virtual std::optional<HybridStamp> receive(const HybridStamp& message, std::int64_t now_us) = 0;
};
std::unique_ptr<AnyHybridClock> make_hybrid_clock(HybridConfig config, HybridStamp last = {});

}  // namespace octet::clocks

namespace octet::election {
std::unique_ptr<AnyNode> make_bully(const Config& config);
std::unique_ptr<AnyNode> make_ring(const Config& config);
}  // namespace octet::election

namespace octet::gossip {
std::unique_ptr<AnyNode> make_rumour(const rumour::Config& config);
std::unique_ptr<AnyNode> make_anti_entropy(const anti_entropy::Config& config);
}  // namespace octet::gossip

namespace octet::queue {
std::unique_ptr<AnyNode> make_queue(const Config& config);
}  // namespace octet::queue

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/erase/any_node.h"
#include "stage2-clocks-rpc/api/causal_broadcast.h"
#include "stage2-clocks-rpc/api/clocks.h"
#include "stage2-clocks-rpc/api/election.h"
#include "stage2-clocks-rpc/api/fields.h"
#include "stage2-clocks-rpc/api/gossip.h"
#include "stage2-clocks-rpc/api/mutual_exclusion.h"
#include "stage2-clocks-rpc/api/queue.h"
#include "stage2-clocks-rpc/api/rpc.h"
#include "stage2-clocks-rpc/api/total_order.h"

// The seam between this stage's graders and a solution: everything that a grader may call. The
// files in api/seam/ connect it to the classes that a student writes, so a grader is compiled once
// and linked with any solution.

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

namespace octet::fields {

/// A FieldWriter.
class AnyFieldWriter {
 public:
  virtual ~AnyFieldWriter() = default;
  virtual void number(Tag tag, std::uint64_t value) = 0;
  virtual void signed_number(Tag tag, std::int64_t value) = 0;
  virtual void bytes(Tag tag, std::string_view value) = 0;
  virtual void numbers(Tag tag, std::span<const std::uint64_t> values) = 0;
  virtual void blocks(Tag tag, std::span<const std::string> values) = 0;
  virtual std::string finish() = 0;
};
std::unique_ptr<AnyFieldWriter> make_field_writer();

/// A FieldReader. The bytes must live as long as it does.
class AnyFieldReader {
 public:
  virtual ~AnyFieldReader() = default;
  virtual std::optional<std::uint64_t> number(Tag tag) = 0;
  virtual std::optional<std::int64_t> signed_number(Tag tag) = 0;
  virtual std::optional<std::string_view> bytes(Tag tag) = 0;
  virtual std::optional<std::vector<std::uint64_t>> numbers(Tag tag) = 0;
  virtual std::optional<std::vector<std::string_view>> blocks(Tag tag) = 0;
  virtual std::unique_ptr<AnyFieldReader> message(Tag tag) = 0;  // null when there is none
  virtual std::vector<std::unique_ptr<AnyFieldReader>> messages(Tag tag) = 0;
  virtual bool finish() = 0;
};
std::unique_ptr<AnyFieldReader> make_field_reader(std::string_view bytes);

}  // namespace octet::fields

namespace octet::rpc {

/// A Client and a Server.
std::unique_ptr<AnyNode> make_client(const ClientConfig& config);
std::unique_ptr<AnyNode> make_server(const ServerConfig& config);

}  // namespace octet::rpc

namespace octet::total_order {
std::unique_ptr<AnyNode> make_total_order(const Config& config);
}

namespace octet::mutual_exclusion {
std::unique_ptr<AnyNode> make_mutual_exclusion(const Config& config);
}

namespace octet::causal {
std::unique_ptr<AnyNode> make_causal_broadcast(const Config& config);
}

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

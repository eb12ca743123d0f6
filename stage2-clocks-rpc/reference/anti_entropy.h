#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "stage2-clocks-rpc/api/gossip.h"

/// Anti-entropy by push and pull (Demers et al. 1987, §1.3): two processes compare the versions of
/// all their keys, and each sends what is newer.
namespace octet::gossip::anti_entropy {

/// A Lamport clock for each key: who puts a value is above all versions that it has seen.
struct Version {
  std::uint64_t time = 0;
  NodeId writer;  // decides between equal times
  auto operator<=>(const Version&) const = default;
};

struct Entry {
  Version version;
  std::string value;
  bool operator==(const Entry&) const = default;
};
using Entries = std::map<std::string, Entry>;

/// What the sender has.
struct Digest {
  std::map<std::string, Version> versions;
};

/// Of that, what is newer here, and what is older.
struct Difference {
  Entries newer;
  std::vector<std::string> wanted;
};

struct Newer {
  Entries entries;
};

struct ExchangeDue {};

struct Protocol : ProtocolDefaults {
  using Message = std::variant<Digest, Difference, Newer>;
  using Timer = std::variant<ExchangeDue>;
  using Input = anti_entropy::Input;
};
using Context = octet::Context<Protocol>;

class AntiEntropy {
 public:
  using Protocol = anti_entropy::Protocol;

  explicit AntiEntropy(const Config& config) : config_(config) {}

  void start(std::span<const Protocol::Record> recovered, Context& ctx);
  void on(const Put& put, Context& ctx);
  void on(const ExchangeDue& timer, Context& ctx);
  void on(const Digest& digest, NodeId from, Context& ctx);
  void on(const Difference& difference, NodeId from, Context& ctx);
  void on(const Newer& newer, NodeId from, Context& ctx);

  Contents view() const;
  bool operator==(const AntiEntropy& other) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(entries_);
  }

 private:
  void merge(const Entries& entries);

  Config config_;
  Entries entries_;
};

}  // namespace octet::gossip::anti_entropy

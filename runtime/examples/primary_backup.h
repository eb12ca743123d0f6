#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "runtime/node.h"

/// A log on two disks. The primary tells its application that an entry is stored when both have it,
/// so that a crash of either loses nothing that was promised.
namespace octet::examples::primary_backup {

struct Copy {
  std::uint64_t number = 0;  // of the entry; the first is 1
  std::string entry;
};

struct Copied {
  std::uint64_t upto = 0;  // the backup holds entries 1 ... upto
};

struct ResendDue {};

struct Append {
  std::string entry;
};

struct Stored {
  std::uint64_t number = 0;
};

struct Entry {
  std::string entry;
};

struct Protocol : ProtocolDefaults {
  using Message = std::variant<Copy, Copied>;
  using Timer = std::variant<ResendDue>;
  using Input = std::variant<Append>;
  using Output = std::variant<Stored>;
  using Record = std::variant<Entry>;
};
using Context = octet::Context<Protocol>;

struct Config {
  NodeId primary;
  NodeId backup;
  bool is_hasty = false;  // plants a mistake: the backup answers before it persists
  bool operator==(const Config&) const = default;
};

class Replica {
 public:
  using Protocol = primary_backup::Protocol;

  struct View {
    bool is_primary = false;
    std::vector<std::string> log;
    std::uint64_t copied = 0;  // what the primary knows that the backup holds
  };

  explicit Replica(Config config) : config_(config) {}

  void start(std::span<const Protocol::Record> recovered, Context& ctx);
  void on(const Append& append, Context& ctx);
  void on(const Copy& copy, NodeId from, Context& ctx);
  void on(const Copied& copied, NodeId from, Context& ctx);
  void on(const ResendDue&, Context& ctx);

  View view() const { return {is_primary_, log_, copied_}; }
  bool operator==(const Replica&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(is_primary_, log_, copied_);
  }

 private:
  void send_next(Context& ctx);

  Config config_;
  bool is_primary_ = false;
  std::vector<std::string> log_;
  std::uint64_t copied_ = 0;
};

}  // namespace octet::examples::primary_backup

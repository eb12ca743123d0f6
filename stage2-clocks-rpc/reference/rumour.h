#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "stage2-clocks-rpc/api/gossip.h"

/// Rumour spreading by push, blind and with a counter (Demers et al. 1987, §1.4): whoever hears
/// something new passes it on for some rounds, whatever the others know already.
namespace octet::gossip::rumour {

struct Rumours {
  std::vector<std::string> rumours;
};

struct RoundDue {};

struct Protocol : ProtocolDefaults {
  using Message = std::variant<Rumours>;
  using Timer = std::variant<RoundDue>;
  using Input = rumour::Input;
  using Output = rumour::Output;
};
using Context = octet::Context<Protocol>;

class Rumour {
 public:
  using Protocol = rumour::Protocol;

  struct View {
    std::size_t heard = 0;
    std::map<std::string, std::uint64_t> hot;
  };

  explicit Rumour(const Config& config) : config_(config) {}

  void start(std::span<const Protocol::Record> recovered, Context& ctx);
  void on(const Tell& tell, Context& ctx);
  void on(const Rumours& rumours, NodeId from, Context& ctx);
  void on(const RoundDue& timer, Context& ctx);

  View view() const { return {.heard = heard_.size(), .hot = hot_}; }
  bool operator==(const Rumour& other) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(heard_, hot_);
  }

 private:
  void hear(const std::string& rumour, Context& ctx);
  std::uint64_t rounds() const;
  void cool_down();

  Config config_;
  std::set<std::string> heard_;
  std::map<std::string, std::uint64_t> hot_;  // and for how many rounds more
};

}  // namespace octet::gossip::rumour

#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "runtime/sim/world.h"

namespace octet::examples {

/// The application that has its entries stored by a primary and its backup: a client, whose
/// operations end when the primary says so. One whose entry a crash has lost never ends.
class Application {
 public:
  Application(sim::World& world, trace::ClientId self, NodeId primary);
  Application(const Application&) = delete;
  Application& operator=(const Application&) = delete;

  /// No two entries may be equal.
  void store(const std::string& entry);

 private:
  void hear_of(std::uint64_t number);

  sim::World& world_;
  trace::ClientId self_;
  NodeId primary_;
  std::map<std::string, std::uint64_t> open_;  // the operation of each entry
};

}  // namespace octet::examples

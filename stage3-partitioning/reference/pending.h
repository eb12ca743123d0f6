#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "quorum.h"
#include "session.h"
#include "stage3-partitioning/api/store.h"
#include "versions.h"

namespace octet::store {

/// What a request writes, and which versions that replaces.
struct Write {
  std::optional<std::string> value;  // nothing: the key is deleted
  VersionVector context;
  bool operator==(const Write&) const = default;
};

/// A request that this node coordinates. It reads copies, or stores them, or first the one and then
/// the other.
struct Pending {
  enum class Step : std::uint8_t {
    reading,    // until enough copies have answered
    storing,    // until enough have it on disk
    repairing,  // the application has its answer; copies that answer late may be behind
  };

  std::string key;
  Level level = Level::eventual;
  Session session = {};
  std::optional<Write> write = {};  // of a Put or Delete

  Step step = Step::reading;
  Quorum quorum = {};  // who has answered in this step
  std::uint32_t attempts = 0;
  std::map<Slot, Siblings> answers = {};  // what the copies have said, without stand-ins
  Siblings copy = {};                     // all that was read, together; or what is to be stored
  bool operator==(const Pending&) const = default;

  // levels.cc
  bool reads_before_it_writes() const;
  std::vector<std::string> shown() const;
};

}  // namespace octet::store

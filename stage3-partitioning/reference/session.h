#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "versions.h"

namespace octet::store {

/// What somebody has seen, of all keys: what they read and wrote, and all that this depended on. A
/// later read of theirs has to show at least that (Terry et al. 1994; Lloyd et al. 2011, §3.2).
///
/// Each version that is written at the causal level carries the session of its writer, all of it.
/// So whoever is shown a version gets all that it depended on at once, and nobody has to follow a
/// chain of versions, some of which may be replaced by then.
struct Session {
  std::map<std::string, VersionVector> seen;

  /// Whether a read of the key may show this.
  bool allows(const std::string& key, const Siblings& copy) const;

  /// They have been shown this.
  void see(const std::string& key, const Siblings& copy);

  /// Their write has this name; it replaced what the context had seen.
  void write(const std::string& key, const VersionVector& context, const Dot& dot);

  bool operator==(const Session&) const = default;
};

/// Sessions travel as text that nobody but us reads. Nothing when it is not one of ours.
std::string text_of(const Session& session);
std::optional<Session> session_of(std::string_view text);

/// Contexts likewise.
std::string text_of(const VersionVector& context);
std::optional<VersionVector> context_of(std::string_view text);

}  // namespace octet::store

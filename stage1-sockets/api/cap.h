#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

/// One register, two replicas, and what they do when they are cut off from each other (CAP:
/// Gilbert & Lynch 2002). Votes decide who may act alone (Gifford 1979): a replica with more than
/// half of all votes is a majority by itself.
///
/// A replica answers Ask and Offer at once, whatever it waits for itself. Messages may be late,
/// doubled or out of order; two writes never get the same version. Without a partition both choices
/// give the same answers. peer_is_silent(request) says that waiting for the peer is over, and then
/// that request is answered; what comes later changes no answer.
///
/// After a partition exchange() is called on both replicas; once every message is delivered, both
/// hold the newer of their two values. A register that nobody wrote reads as an empty value.
namespace octet::sockets {

enum class Choice { consistency, availability };

struct RegisterConfig {
  std::uint32_t id = 0;  // never that of the peer
  Choice choice = Choice::consistency;
  std::uint32_t votes = 1;
  std::uint32_t peer_votes = 1;
};

/// Numbers of client requests at one replica: never 0, never used twice. 0 stands for the messages
/// that no client asked for (an exchange after a partition).
using RequestId = std::uint64_t;

/// Orders writes: the higher counter wins, then the higher replica (last writer wins).
struct Version {
  std::uint64_t counter = 0;
  std::uint32_t writer = 0;
  auto operator<=>(const Version&) const = default;
};

struct Versioned {
  std::string value;
  Version version;
  bool operator==(const Versioned&) const = default;
};

// What replicas say to each other.
struct Ask {  // "What do you hold?"
  RequestId request = 0;
};
struct Tell {  // the answer to Ask
  RequestId request = 0;
  Versioned held;
};
struct Offer {  // "Hold this, unless you hold something newer."
  RequestId request = 0;
  Versioned held;
};
struct Accepted {  // the answer to Offer
  RequestId request = 0;
};
using PeerMessage = std::variant<Ask, Tell, Offer, Accepted>;

/// What a client hears, once for each request. Not available means: this replica cannot say; a
/// write may still have happened. The answer to a write carries no value.
struct Answer {
  bool available = false;
  std::string value = {};  // of a read
  bool operator==(const Answer&) const = default;
};

/// What a replica wants done. Whoever called it carries these out, in order.
struct RegisterEffects {
  std::vector<PeerMessage> to_peer;
  std::vector<std::pair<RequestId, Answer>> to_clients;
};

}  // namespace octet::sockets

#pragma once

#include <string>

#include "stage1-sockets/api/cap.h"

namespace octet::sockets {

/// One of two replicas of a register, after Attiya, Bar-Noy and Dolev (1995), with votes (Gifford
/// 1979). A read asks a majority of the votes and answers the newest; a write learns the newest
/// version from a majority and then gives a newer one to a majority. A replica whose own votes are
/// a majority does both alone.
///
/// What it does when it needs the peer and the peer is silent is the choice of CAP (Gilbert & Lynch
/// 2002): consistency says "not available", availability goes on with its own copy.
///
/// Pure: it sends nothing and waits for nothing; the caller carries out the effects, and messages
/// may be late, doubled or lost on the way.
class Register {
 public:
  explicit Register(RegisterConfig config);

  /// A client asks. The answer is among the effects, of this call or of a later one.
  void read(RequestId request, RegisterEffects& effects);
  void write(RequestId request, std::string value, RegisterEffects& effects);

  /// A message of the peer has come.
  void receive(const PeerMessage& message, RegisterEffects& effects);

  /// The caller has waited long enough for the peer: `request` is answered now, one way or the
  /// other. Does nothing when it has been answered before.
  void peer_is_silent(RequestId request, RegisterEffects& effects);

  /// The peer may be back: tell it what this replica holds (anti-entropy).
  void exchange(RegisterEffects& effects);

 private:
  // Your members.
};

}  // namespace octet::sockets

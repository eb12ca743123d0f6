#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "graders/dsl/random.h"
#include "stage1-sockets/api/solution.h"

namespace octet::sockets {

/// How GoogleTest prints an answer.
std::ostream& operator<<(std::ostream& out, const Answer& answer);

}  // namespace octet::sockets

namespace octet::grading {

enum class Side { left, right };

constexpr Side other(Side side) {
  return side == Side::left ? Side::right : Side::left;
}

const char* name(Side side);

/// Two replicas of a register and the network between them, which the test holds in its hand: every
/// message stays in flight until the test delivers it. Fails the test when a request is answered
/// twice, or a replica answers what nobody asked.
class RegisterPair {
 public:
  struct Options {
    sockets::Choice choice = sockets::Choice::consistency;
    std::uint32_t left_votes = 1;
    std::uint32_t right_votes = 1;
    std::uint32_t left_id = 3;
    std::uint32_t right_id = 7;
    bool told = true;  // in the story; an exploration of thousands of runs is not
  };

  struct InFlight {
    Side to;
    sockets::PeerMessage message;
  };

  explicit RegisterPair(Options options);

  // A whole request: starts it, delivers what goes to and fro, and reports silence when nothing
  // moves any more. Fails the test when it is not answered then.
  sockets::Answer read(Side at);
  sockets::Answer write(Side at, std::string value);

  // Its steps. Both replicas count their requests from 1.
  sockets::RequestId begin_read(Side at);
  sockets::RequestId begin_write(Side at, std::string value);
  std::optional<sockets::Answer> answer(Side at, sockets::RequestId request) const;
  void report_silence(Side at, sockets::RequestId request);

  const std::vector<InFlight>& in_flight() const { return in_flight_; }
  void deliver(std::size_t index);
  void deliver_again(std::size_t index);  // a copy of it stays in flight
  void deliver_all();
  void deliver_shuffled(Random& random);  // any order, some of them twice
  void drop_all() { in_flight_.clear(); }

  /// From now on what is sent is lost; what is in flight stays there and may come late.
  void cut();
  void heal();

  /// exchange() on both replicas.
  void exchange();

  /// What a replica holds, as its peer would hear it.
  sockets::Versioned held(Side at);

 private:
  sockets::AnyRegister& replica(Side side) { return *replicas_[static_cast<std::size_t>(side)]; }
  sockets::Answer finish(Side at, sockets::RequestId request, const std::string& what);
  void carry_out(Side from, const sockets::RegisterEffects& effects);
  void record(Side from, sockets::RequestId request, const sockets::Answer& answer);

  bool told_;
  bool cut_ = false;
  std::array<std::unique_ptr<sockets::AnyRegister>, 2> replicas_;
  std::array<sockets::RequestId, 2> last_request_ = {};
  std::array<std::map<sockets::RequestId, sockets::Answer>, 2> answers_;
  std::vector<InFlight> in_flight_;
};

}  // namespace octet::grading

#include "register.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <utility>
#include <vector>

namespace octet::sockets {
namespace {

// Every schedule of two replicas and two clients, within bounds: each client runs its script at its
// own replica; messages come in any order, one of them twice, some never; the patience of a client
// may end at any moment. Whatever the clients heard must be linearizable (Herlihy & Wing 1990).

struct Operation {
  std::string write;  // empty: a read
};
using Script = std::vector<Operation>;

struct Call {
  std::string write;
  std::set<RequestId> after;  // the calls that had ended when this one began
  std::optional<Answer> answer;
};
using Calls = std::map<RequestId, Call>;

/// Nobody knows whether it took effect.
bool is_open(const Call& call) {
  return !call.answer || !call.answer->available;
}

/// True when some order of `calls` explains every answer, given the register's value. A call comes
/// after all those that had ended when it began. A write without an answer may come at any point
/// after that, or never; a read without one tells nothing.
bool is_linearizable(const Calls& calls, const std::string& value = {}) {
  const auto comes_first = [&](const auto& entry) {
    const Call& call = entry.second;
    const bool is_free = std::none_of(call.after.begin(), call.after.end(), [&](RequestId other) {
      const auto found = calls.find(other);
      return found != calls.end() && !is_open(found->second);
    });
    if (!is_free || (call.write.empty() && (is_open(call) || call.answer->value != value))) {
      return false;
    }
    Calls rest = calls;
    rest.erase(entry.first);
    return is_linearizable(rest, call.write.empty() ? value : call.write);
  };
  return std::all_of(calls.begin(), calls.end(),
                     [](const auto& entry) { return is_open(entry.second); }) ||
         std::any_of(calls.begin(), calls.end(), comes_first);
}

char name(std::size_t at) {
  return at == 0 ? 'A' : 'B';
}

struct InFlight {
  std::size_t to = 0;
  PeerMessage message;
};

std::string text(const InFlight& flight) {
  std::ostringstream out;
  out << name(flight.to);
  std::visit(
      [&](const auto& message) {
        using Message = std::decay_t<decltype(message)>;
        out << flight.message.index() << '#' << message.request;
        if constexpr (std::is_same_v<Message, Tell> || std::is_same_v<Message, Offer>) {
          out << '=' << message.held.value << '@' << message.held.version.counter << '.'
              << message.held.version.writer;
        }
      },
      flight.message);
  return out.str();
}

/// What happens at one replica.
struct Site {
  Register replica;
  std::string inputs = {};  // all that made a difference to the replica: its state, in short
  std::size_t begun = 0;    // operations of the script
  RequestId running = 0;    // 0: none
};

struct World {
  std::array<Site, 2> sites;
  std::vector<InFlight> network = {};
  int copies_left = 0;  // of messages that may come twice
  Calls calls = {};
  int answers = 0;
  std::string told = {};  // the story

  /// Tells replica `at` something, through `act`, and carries out what follows.
  template <class Act>
  void tell(std::size_t at, const std::string& input, Act act) {
    Site& site = sites[at];
    told += std::string(1, name(at)) + ": " + input + "\n";
    const Versioned before = held(site);
    RegisterEffects effects;
    act(site.replica, effects);
    const bool asked =
        effects.to_peer.size() == 1 && std::holds_alternative<Tell>(effects.to_peer.front());
    const bool changed =
        held(site) != before || !effects.to_peer.empty() || !effects.to_clients.empty();
    if (changed && !asked) site.inputs += input + ';';
    carry_out(at, effects);
  }

  static Versioned held(const Site& site) {
    RegisterEffects effects;
    Register(site.replica).exchange(effects);
    return std::get<Offer>(effects.to_peer.at(0)).held;
  }

  void carry_out(std::size_t at, const RegisterEffects& effects) {
    for (const PeerMessage& message : effects.to_peer) network.push_back({1 - at, message});
    for (const auto& [request, answer] : effects.to_clients) {
      ASSERT_FALSE(calls.at(request).answer) << "a request is answered once\n" << told;
      calls.at(request).answer = answer;
      ++answers;
      sites[at].running = 0;
      told +=
          std::string("   ") + (answer.available ? "ok " : "not available") + answer.value + "\n";
    }
  }

  void begin(std::size_t at, const Operation& operation) {
    Site& site = sites[at];
    const RequestId request = 10 * (at + 1) + site.begun++;
    Call call{.write = operation.write, .after = {}, .answer = {}};
    for (const auto& [other, content] : calls) {
      if (content.answer) call.after.insert(other);
    }
    calls.emplace(request, call);
    site.running = request;
    tell(at, operation.write.empty() ? "read" : "write " + operation.write,
         [&](Register& replica, RegisterEffects& effects) {
           if (operation.write.empty()) return replica.read(request, effects);
           replica.write(request, operation.write, effects);
         });
  }

  void deliver(std::size_t index, bool keep_a_copy) {
    const InFlight flight = network[index];
    if (keep_a_copy) {
      --copies_left;
    } else {
      network.erase(network.begin() + static_cast<std::ptrdiff_t>(index));
    }
    tell(flight.to, "gets " + text(flight), [&](Register& replica, RegisterEffects& effects) {
      replica.receive(flight.message, effects);
    });
  }

  /// Delivers everything, first come first served.
  void deliver_all() {
    while (!network.empty()) deliver(0, false);
  }

  void lose_patience(std::size_t at) {
    tell(at, "the peer is silent", [&](Register& replica, RegisterEffects& effects) {
      replica.peer_is_silent(sites[at].running, effects);
    });
  }

  /// What the client at `at` hears while nothing gets through to the other side.
  Answer answer_alone(std::size_t at, const Operation& operation) {
    begin(at, operation);
    const RequestId request = 10 * (at + 1) + sites[at].begun - 1;
    network.clear();
    if (sites[at].running != 0) lose_patience(at);
    return calls.at(request).answer.value();
  }

  Answer answer_together(std::size_t at, const Operation& operation) {
    begin(at, operation);
    deliver_all();
    return calls.at(10 * (at + 1) + sites[at].begun - 1).answer.value();
  }

  /// Equal for worlds that can only go on in the same ways.
  std::string key() const {
    std::multiset<std::string> flying;
    for (const InFlight& flight : network) flying.insert(text(flight));
    std::string all = sites[0].inputs + '|' + sites[1].inputs + '|' + std::to_string(copies_left);
    for (const std::string& each : flying) all += ',' + each;
    for (const auto& [request, call] : calls) {
      all += '|';
      for (const RequestId other : call.after) all += std::to_string(other) + ' ';
    }
    return all;
  }
};

class Exploration {
 public:
  Exploration(Script first, Script second) : scripts_{std::move(first), std::move(second)} {}

  void run(const World& world) {
    if (testing::Test::HasFailure() || !seen_.insert(world.key()).second) return;
    for (const std::size_t at : {0U, 1U}) {
      const Site& site = world.sites[at];
      if (site.running != 0) {
        try_next(world, [&](World& next) { next.lose_patience(at); });
      } else if (site.begun < scripts_[at].size()) {
        try_next(world, [&](World& next) { next.begin(at, scripts_[at][site.begun]); });
      }
    }
    for (std::size_t i = 0; i < world.network.size(); ++i) {
      try_next(world, [&](World& next) { next.deliver(i, false); });
      if (world.copies_left > 0) try_next(world, [&](World& next) { next.deliver(i, true); });
    }
  }

  std::size_t worlds() const { return seen_.size(); }

 private:
  template <class Step>
  void try_next(const World& world, Step step) {
    World next = world;
    step(next);
    if (next.answers > world.answers && !is_linearizable(next.calls)) {
      ADD_FAILURE() << "no order of the requests explains the answers:\n" << next.told;
    }
    run(next);
  }

  std::array<Script, 2> scripts_;
  std::set<std::string> seen_;
};

World two_replicas(Choice choice, std::uint32_t votes_of_a, std::uint32_t votes_of_b) {
  const RegisterConfig a{.id = 1, .choice = choice, .votes = votes_of_a, .peer_votes = votes_of_b};
  const RegisterConfig b{.id = 2, .choice = choice, .votes = votes_of_b, .peer_votes = votes_of_a};
  return {.sites = {Site{Register(a)}, Site{Register(b)}}};
}

const Operation read;

TEST(Register, ConsistencyIsLinearizableInEverySchedule) {
  struct Case {
    Script a, b;
    int copies = 0;
  };
  const Case cases[] = {
      {.a = {{"x"}}, .b = {read, read}},        {.a = {{"x"}}, .b = {read}, .copies = 1},
      {.a = {{"x"}, {"y"}, read}, .b = {read}}, {.a = {{"x"}, read}, .b = {read}},
      {.a = {{"x"}}, .b = {{"y"}, read}},
  };
  const std::pair<std::uint32_t, std::uint32_t> votes[] = {{1, 1}, {2, 1}, {1, 2}};
  for (const auto& [of_a, of_b] : votes) {
    for (const Case& each : cases) {
      World world = two_replicas(Choice::consistency, of_a, of_b);
      world.copies_left = each.copies;
      Exploration exploration(each.a, each.b);
      exploration.run(world);
      if (HasFailure()) return;
      EXPECT_GT(exploration.worlds(), 30U);
    }
  }
}

TEST(Register, WithoutAPartitionTheChoicesAnswerAlike) {
  for (const std::uint32_t votes_of_b : {1U, 2U}) {
    World consistent = two_replicas(Choice::consistency, 1, votes_of_b);
    World available = two_replicas(Choice::availability, 1, votes_of_b);
    for (const Operation& operation : Script{{"x"}, read, {"y"}, read, read}) {
      for (const std::size_t at : {0U, 1U}) {
        const Answer answer = consistent.answer_together(at, operation);
        EXPECT_TRUE(answer.available);
        EXPECT_EQ(answer, available.answer_together(at, operation));
      }
    }
  }
}

TEST(Register, CutOffOnlyTheMajorityIsConsistent) {
  struct Case {
    std::uint32_t votes, peer_votes;
    bool available;
  };
  for (const Case& each : {Case{1, 1, false}, Case{2, 1, true}, Case{1, 2, false}}) {
    for (const Operation& operation : Script{{"x"}, read}) {
      World world = two_replicas(Choice::consistency, each.votes, each.peer_votes);
      EXPECT_EQ(world.answer_alone(0, operation).available, each.available)
          << each.votes << " of " << each.votes + each.peer_votes << " votes";
    }
  }
}

TEST(Register, AvailabilityAcceptsOnBothSidesAndAgreesAfterwards) {
  World world = two_replicas(Choice::availability, 1, 1);
  EXPECT_TRUE(world.answer_alone(0, {"left"}).available);
  EXPECT_TRUE(world.answer_alone(1, {"right"}).available);
  EXPECT_EQ(world.answer_alone(0, read).value, "left");
  EXPECT_EQ(world.answer_alone(1, read).value, "right");

  for (const std::size_t at : {0U, 1U}) {
    RegisterEffects effects;
    world.sites[at].replica.exchange(effects);
    world.carry_out(at, effects);
  }
  world.deliver_all();
  for (const std::size_t at : {0U, 1U}) {
    EXPECT_EQ(world.answer_alone(at, read).value, "right") << "the higher replica wins a tie";
  }
}

TEST(Register, SilenceAfterTheAnswerChangesNothing) {
  World world = two_replicas(Choice::availability, 1, 1);
  world.answer_together(0, {"x"});
  RegisterEffects effects;
  world.sites[0].replica.peer_is_silent(10, effects);
  EXPECT_TRUE(effects.to_clients.empty() && effects.to_peer.empty());
}

}  // namespace
}  // namespace octet::sockets

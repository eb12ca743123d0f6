#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/net/server_process.h"
#include "graders/dsl/random.h"
#include "graders/stage1-sockets/chat_guest.h"
#include "graders/stage1-sockets/servers.h"

namespace octet::sockets {
namespace {

using grading::Guest;
using grading::Random;
using grading::ServerProcess;

const std::vector<std::string> all_names = {"ann", "bob", "cat", "dan", "eve"};
const std::vector<std::string> all_rooms = {"attic", "cellar", "garden"};

/// Guests and what they should hear. Everybody hears what somebody did before anybody goes on, so
/// the order of everything is known.
class Party {
 public:
  explicit Party(ServerProcess& server) : server_(&server) {}

  bool is_there(const std::string& name) const { return guests_.contains(name); }

  void arrive(const std::string& name) {
    guests_.emplace(name, std::make_unique<Guest>(*server_, name));
  }

  void join(const std::string& name, const std::string& room) {
    const bool is_new = rooms_[room].insert(name).second;
    act(name, room, "JOIN " + room, is_new ? "JOINED " + room + " " + name : "");
  }

  void talk(const std::string& name, const std::string& room, const std::string& text) {
    const bool is_member = rooms_[room].contains(name);
    act(name, room, "SAY " + room + " " + text,
        is_member ? "MSG " + room + " " + name + " " + text : "");
  }

  void leave(const std::string& name, const std::string& room) {
    const bool is_member = rooms_[room].contains(name);
    act(name, room, "LEAVE " + room, is_member ? "LEFT " + room + " " + name : "");
    rooms_[room].erase(name);
  }

  /// Ends a connection: abruptly only when somebody else can tell that the server has noticed.
  void depart(const std::string& name, bool reset) {
    std::map<std::string, std::vector<std::string>> to_hear;
    for (auto& [room, members] : rooms_) {
      if (members.erase(name) == 0) continue;
      for (const std::string& member : members)
        to_hear[member].push_back("LEFT " + room + " " + name);
    }
    Guest& guest = *guests_.at(name);
    if (to_hear.empty()) {
      guest.say("QUIT");
      guest.wire().expect_close_after("BYE\n");
    } else if (reset) {
      guest.wire().reset();
    } else {
      guest.wire().close();
    }
    guests_.erase(name);
    for (const auto& [member, lines] : to_hear) expect_in_any_order(*guests_.at(member), lines);
  }

  /// Nobody has heard more than it should, and everybody sees the same rooms.
  void check() {
    for (auto& [name, guest] : guests_) {
      for (const auto& [room, members] : rooms_) {
        std::string expected;
        for (const std::string& member : members)
          expected += (expected.empty() ? "" : " ") + member;
        guest->expect_only(room, expected);
      }
    }
  }

 private:
  /// Says a line. What follows goes to all members; when nothing does, an ERROR comes back.
  void act(const std::string& name, const std::string& room, const std::string& line,
           const std::string& follows) {
    guests_.at(name)->say(line);
    if (follows.empty()) return guests_.at(name)->expect_error(line);
    for (const std::string& member : rooms_[room]) guests_.at(member)->expect(follows);
  }

  static void expect_in_any_order(Guest& guest, const std::vector<std::string>& lines) {
    std::multiset<std::string> missing(lines.begin(), lines.end());
    while (!missing.empty()) {
      const std::string heard = guest.hear();
      if (missing.erase(heard) > 0) continue;
      grading::fail(guest.name() + " expected \"" + *missing.begin() + "\" and hears \"" + heard +
                    '"');
    }
  }

  ServerProcess* server_;
  std::map<std::string, std::unique_ptr<Guest>> guests_;
  std::map<std::string, std::set<std::string>> rooms_;
};

GRADED_TEST(
    Chat, RandomPartiesFollowTheModel, 1,
    "whoever comes, talks and goes, each hears exactly what a small model says (C2, C5, C6)") {
  Random random(grading::seed(), "party");
  ServerProcess server(chat_server());
  Party party(server);
  for (int step = 0; step < 400; ++step) {
    const std::string& name = all_names[random.below(all_names.size())];
    const std::string& room = all_rooms[random.below(all_rooms.size())];
    const std::uint64_t choice = random.below(20);
    if (!party.is_there(name)) {
      party.arrive(name);
    } else if (choice < 6) {
      party.join(name, room);
    } else if (choice < 15) {
      party.talk(name, room, "line " + std::to_string(step));
    } else if (choice < 18) {
      party.leave(name, room);
    } else {
      party.depart(name, choice == 18);
    }
    if (step % 50 == 49) party.check();
  }
  for (const std::string& name : all_names) {
    if (!party.is_there(name)) party.arrive(name);
  }
  party.check();
}

}  // namespace
}  // namespace octet::sockets

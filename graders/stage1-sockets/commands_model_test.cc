#include "graders/dsl/graded_test.h"
#include "graders/dsl/random.h"
#include "graders/stage1-sockets/key_model.h"
#include "graders/stage1-sockets/keys.h"

/// Many random commands, compared with the meaning of each (R6, R7).
namespace octet::grading {
namespace {

using std::chrono::milliseconds;

class RandomCommands {
 public:
  explicit RandomCommands(std::uint64_t of_run) : random_(of_run, "random commands") {}

  /// Expiries and waits are multiples of half a second, so that many expire exactly now.
  milliseconds wait() { return milliseconds(500 * random_.below(3)); }

  bool time_passes() { return random_.below(4) == 0; }

  Words next() {
    const std::string name =
        pick({"GET", "SET", "SET", "SET", "INCR", "DECR", "INCRBY", "APPEND", "DEL", "EXISTS",
              "TTL", "PTTL", "EXPIRE", "PEXPIRE", "MGET", "MSET", "DBSIZE"});
    if (name == "DBSIZE") return {name};
    if (name == "SET") return set();
    if (name == "INCRBY") return {name, key(), pick({"0", "-1", "7", "9223372036854775807"})};
    if (name == "APPEND") return {name, key(), pick({"", "0", "12", "x"})};
    if (name == "EXPIRE") return {name, key(), pick({"-1", "0", "1", "2", "1000"})};
    if (name == "PEXPIRE") return {name, key(), pick({"-500", "0", "500", "1500", "1000000"})};
    if (name == "MSET") return {name, key(), value(), key(), value()};
    if (name == "MGET" || name == "DEL" || name == "EXISTS") return {name, key(), key()};
    return {name, key()};
  }

 private:
  std::string pick(std::initializer_list<const char*> among) {
    return among.begin()[random_.below(among.size())];
  }

  std::string key() { return pick({"a", "b", "c", "d", "e"}); }

  std::string value() { return pick({"", "0", "41", "-1", "text", "9223372036854775806"}); }

  Words set() {
    Words command = {"SET", key(), value()};
    const std::string expiry = pick({"", "", "EX", "PX"});
    const std::string condition = pick({"", "", "NX", "XX"});
    if (!expiry.empty()) {
      command.push_back(expiry);
      command.push_back(expiry == "EX" ? pick({"1", "2"}) : pick({"500", "1500"}));
    }
    if (!condition.empty()) command.insert(command.begin() + 3, condition);
    return command;
  }

  Random random_;
};

void expect_agreement(RandomCommands& commands, int count) {
  Keys keys;
  KeyModel model;
  for (int i = 0; i < count; ++i) {
    if (commands.time_passes()) keys.pass(commands.wait());
    const Words command = commands.next();
    const auto reply = model.run(command, keys.now());
    reply ? keys.expect(command, *reply) : keys.expect_error(command);
  }
}

GRADED_TEST(Commands, RandomCommandsAgreeWithTheirMeaning, 1,
            "in long random runs every reply is what the commands before it and the time demand "
            "(R6, R7)") {
  RandomCommands commands(seed());
  for (int run = 0; run < 100; ++run) {
    tell("a new, empty keyspace");
    expect_agreement(commands, 60);
  }
}

}  // namespace
}  // namespace octet::grading

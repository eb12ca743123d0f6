#include "graders/dsl/graded_test.h"
#include "graders/stage1-sockets/keys.h"

/// When keys expire (R6).
namespace octet::grading {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;

/// Every command finds that the key is not there.
void expect_gone(Keys& keys, const std::string& key) {
  keys.expect({"DBSIZE"}, integer(0));
  keys.expect({"GET", key}, null());
  keys.expect({"MGET", key, key}, list({null(), null()}));
  keys.expect({"EXISTS", key}, integer(0));
  keys.expect({"TTL", key}, integer(-2));
  keys.expect({"PTTL", key}, integer(-2));
  keys.expect({"EXPIRE", key, "10"}, integer(0));
  keys.expect({"PEXPIRE", key, "10"}, integer(0));
  keys.expect({"SET", key, "v", "XX"}, null());
  keys.expect({"DEL", key}, integer(0));
}

/// The first command after the expiry, whichever it is, has to notice it.
void expect_each_command_to_notice_expiry() {
  const auto first_after_expiry = [](const Words& command, const RespValue& reply) {
    Keys keys;
    keys.expect("SET k 41 PX 500", ok());
    keys.pass(500ms);
    keys.expect(command, reply);
    return keys;
  };
  for (const char* command : {"EXISTS k k", "DBSIZE", "DEL k", "EXPIRE k 10", "EXPIRE k 0",
                              "PEXPIRE k 10", "EXPIRE k -1"}) {
    first_after_expiry(command, integer(0));
  }
  first_after_expiry("GET k", null());
  first_after_expiry("MGET k", list({null()}));
  first_after_expiry("TTL k", integer(-2));
  first_after_expiry("PTTL k", integer(-2));
  first_after_expiry("SET k v XX", null()).expect("EXISTS k", integer(0));
  for (const auto& [command, reply, value] :
       std::vector<std::tuple<const char*, RespValue, const char*>>{{"INCR k", integer(1), "1"},
                                                                    {"DECR k", integer(-1), "-1"},
                                                                    {"INCRBY k 5", integer(5), "5"},
                                                                    {"APPEND k x", integer(1), "x"},
                                                                    {"SET k v NX", ok(), "v"},
                                                                    {"SET k v", ok(), "v"},
                                                                    {"MSET k v", ok(), "v"}}) {
    Keys keys = first_after_expiry(command, reply);
    keys.expect("TTL k", integer(-1));
    keys.expect("DBSIZE", integer(1));
    keys.pass(1h);
    keys.expect("GET k", bulk(value));
  }
}

GRADED_TEST(Commands, KeysExpireAtTheInstant, 1,
            "from the instant of its expiry on no command sees a key, and none misses it before "
            "(R6)") {
  for (const char* command : {"SET k v EX 2", "SET k v PX 2000", "EXPIRE k 2", "PEXPIRE k 2000"}) {
    for (const std::chrono::milliseconds wait : {2000ms, 2001ms, 3600000ms}) {
      Keys keys;
      keys.expect("SET k v", ok());
      keys.run(command);
      keys.expect("PTTL k", integer(2000));
      keys.pass(1999ms);
      keys.expect("GET k", bulk("v"));
      keys.expect("EXISTS k", integer(1));
      keys.expect("PTTL k", integer(1));
      keys.expect("DBSIZE", integer(1));
      keys.pass(wait - 1999ms);
      expect_gone(keys, "k");
    }
  }
  expect_each_command_to_notice_expiry();
}

/// A key that was deleted and set again does not inherit an expiry.
void expect_no_expiry_outlives_its_key() {
  for (const char* command : {"DEL k", "FLUSHALL", "EXPIRE k 0", "PEXPIRE k -5"}) {
    Keys keys;
    keys.expect("SET k v EX 10", ok());
    keys.run(command);
    keys.expect("EXISTS k", integer(0));
    keys.expect("APPEND k w", integer(1));
    keys.expect("TTL k", integer(-1));
    keys.pass(10s);
    keys.expect("GET k", bulk("w"));
  }
  Keys keys;
  keys.expect("SET a 1 EX 1", ok());
  keys.expect("SET b 2 EX 2", ok());
  keys.expect("SET c 3", ok());
  keys.expect("DBSIZE", integer(3));
  keys.pass(1s);
  keys.expect("DBSIZE", integer(2));
  keys.expect("SET b 4 EX 5", ok());
  keys.pass(1s);
  keys.expect("MGET a b c", list({null(), bulk("4"), bulk("3")}));
  keys.expect("DBSIZE", integer(2));
}

GRADED_TEST(
    Commands, SettingEndsAnExpiry, 1,
    "SET, MSET, DEL and FLUSHALL clear an expiry; INCR, INCRBY, DECR and APPEND keep it (R6)") {
  for (const char* command : {"SET k 5", "MSET x 1 k 5", "SET k 5 XX", "SET k 5 EX 100"}) {
    Keys keys;
    keys.expect("SET k 4 EX 1", ok());
    keys.expect(command, ok());
    keys.pass(1500ms);
    keys.expect("GET k", bulk("5"));
  }
  for (const char* command : {"INCR k", "DECR k", "INCRBY k 5", "APPEND k 0"}) {
    Keys keys;
    keys.expect("SET k 4 EX 1", ok());
    keys.run(command);
    keys.expect("PTTL k", integer(1000));
    keys.pass(1s);
    keys.expect("GET k", null());
  }
  expect_no_expiry_outlives_its_key();
}

void expect_rounding() {
  Keys keys;
  keys.expect("SET k v PX 2500", ok());
  keys.expect("TTL k", integer(3));
  keys.pass(1ms);
  keys.expect("TTL k", integer(2));
  keys.expect("PTTL k", integer(2499));
  keys.pass(999ms);
  keys.expect("TTL k", integer(2));
  keys.expect("PTTL k", integer(1500));
  keys.pass(1001ms);
  keys.expect("TTL k", integer(0));
  keys.expect("PTTL k", integer(499));
  keys.expect("GET k", bulk("v"));
}

GRADED_TEST(Commands, ExpireReplacesAnExpiry, 1,
            "EXPIRE sets the time anew, no time left deletes the key, TTL rounds to the nearest "
            "second (R6)") {
  Keys keys;
  keys.expect("EXPIRE absent 10", integer(0));
  keys.expect("SET k v", ok());
  keys.expect("EXPIRE k 100", integer(1));
  keys.expect("EXPIRE k 2", integer(1));
  keys.expect("TTL k", integer(2));
  keys.expect("PEXPIRE k 50000", integer(1));
  keys.pass(49999ms);
  keys.expect("GET k", bulk("v"));
  keys.expect("EXPIRE k 1000000000", integer(1));
  keys.expect("TTL k", integer(1000000000));
  keys.expect("PTTL k", integer(1000000000000));
  for (const char* command : {"EXPIRE k 0", "EXPIRE k -1", "EXPIRE k -1000000000", "PEXPIRE k 0",
                              "PEXPIRE k -1000000000000"}) {
    keys.expect("SET k v", ok());
    keys.expect(command, integer(1));
    keys.expect("DBSIZE", integer(0));
    keys.expect("GET k", null());
    keys.expect("TTL k", integer(-2));
  }
  expect_rounding();
}

/// A time that does not fit may be refused, or honoured; it must not turn into another time.
void expect_refused_or_honoured(const std::string& command, const std::string& key,
                                const std::string& time) {
  Keys keys;
  keys.expect("SET k old", ok());
  const Words words = command == "SET EX"   ? Words{"SET", key, "new", "EX", time}
                      : command == "SET PX" ? Words{"SET", key, "new", "PX", time}
                                            : Words{command, key, time};
  const RespValue reply = keys.run(words);
  if (!is_error(reply) && reply != ok() && reply != integer(1)) {
    fail(shown(words) + " replies " + shown(reply) + "; a time that is too long is an error");
  }
  const bool replaced = reply == ok();
  keys.pass(1000h);
  keys.expect("GET k", bulk(replaced ? "new" : "old"));
  if (is_error(reply)) keys.expect("TTL k", integer(-1));
}

GRADED_TEST(Commands, HugeTimesDoNotWrapAround, 1,
            "a time too long for the clock is an error or is kept; it never becomes a short one "
            "(R6)") {
  for (const char* command : {"EXPIRE", "PEXPIRE", "SET EX", "SET PX"}) {
    for (const char* time : {"10000000000", "9223372037", "18446744074", "9223372036854",
                             "9223372036855", "18446744073710", "9223372036854775",
                             "9223372036854776", "18446744073709552", "9223372036854775807"}) {
      expect_refused_or_honoured(command, "k", time);
    }
  }
  for (const char* command : {"EXPIRE", "PEXPIRE"}) {
    for (const char* time : {"-10000000000", "-9223372036855", "-9223372036854776",
                             "-18446744073709552", "-9223372036854775808"}) {
      Keys keys;
      keys.expect("SET k v", ok());
      const RespValue reply = keys.run({command, "k", time});
      keys.expect("EXISTS k", integer(is_error(reply) ? 1 : 0));
      keys.expect("TTL k", integer(is_error(reply) ? -1 : -2));
    }
    Keys keys;
    keys.expect("SET k v", ok());
    keys.expect_error({command, "k", "9223372036854775808"});
    keys.expect_error({command, "k", "99999999999999999999"});
    keys.expect("TTL k", integer(-1));
  }
}

}  // namespace
}  // namespace octet::grading

#include "graders/dsl/graded_test.h"
#include "graders/stage1-sockets/keys.h"

/// What each command replies and changes (R4, R6, R7).
namespace octet::grading {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;

GRADED_TEST(Commands, StringsAreAnyBytes, 1,
            "keys and values are any bytes, empty ones too (R1, R6)") {
  Keys keys;
  keys.expect("PING", RespValue::make_simple("PONG"));
  keys.expect({"PING", "a\r\nb"}, bulk("a\r\nb"));
  keys.expect({"ECHO", ""}, bulk(""));
  const std::vector<std::string> texts = {"",  "\0"s, "\0a"s, "\r\n",    " ",
                                          "a", "a ",  "A",    "\xff\xfe"};
  for (const std::string& key : texts) keys.expect({"SET", key, "<" + key + ">"}, ok());
  for (const std::string& key : texts) keys.expect({"GET", key}, bulk("<" + key + ">"));
  keys.expect("DBSIZE", integer(static_cast<std::int64_t>(texts.size())));
  keys.expect({"SET", "", ""}, ok());
  keys.expect({"GET", ""}, bulk(""));
  keys.expect({"APPEND", "", "\0\r\n"s}, integer(3));
  keys.expect({"APPEND", "", ""}, integer(3));
  keys.expect({"GET", ""}, bulk("\0\r\n"s));
  keys.expect({"MGET", "\0"s, "", "b"}, list({bulk("<\0>"s), bulk("\0\r\n"s), null()}));
  keys.expect({"DEL", "\0"s, ""}, integer(2));
  keys.expect({"GET", "\0a"s}, bulk("<\0a>"s));
}

GRADED_TEST(Commands, RepliesHaveTheirExactType, 1,
            "counts are integers, values are bulk strings, what is absent is null (R7)") {
  Keys keys;
  keys.expect("GET a", null());
  keys.expect("MGET a b", list({null(), null()}));
  keys.expect("SET a 5", ok());
  keys.expect("GET a", bulk("5"));
  keys.expect("INCR a", integer(6));
  keys.expect("GET a", bulk("6"));
  keys.expect("DECR a", integer(5));
  keys.expect("INCRBY a 10", integer(15));
  keys.expect("APPEND a xyz", integer(5));
  keys.expect("APPEND new xyz", integer(3));
  keys.expect("SET a 1 NX", null());
  keys.expect("SET b 1 XX", null());
  keys.expect("EXISTS a", integer(1));
  keys.expect("TTL a", integer(-1));
  keys.expect("PTTL a", integer(-1));
  keys.expect("TTL b", integer(-2));
  keys.expect("PTTL b", integer(-2));
  keys.expect("EXPIRE a 10", integer(1));
  keys.expect("PEXPIRE b 10", integer(0));
  keys.expect("MSET c 1 d 2", ok());
  keys.expect("MGET c b d", list({bulk("1"), null(), bulk("2")}));
  keys.expect("MGET c", list({bulk("1")}));
  keys.expect("DBSIZE", integer(4));
  keys.expect("DEL c", integer(1));
  keys.expect("FLUSHALL", ok());
  keys.expect("DBSIZE", integer(0));
  for (const Words& command :
       {Words("COMMAND"), Words("COMMAND DOCS"), Words("COMMAND DOCS get")}) {
    const RespValue reply = keys.run(command);
    if (reply.kind != RespValue::Kind::array) {
      fail(shown(command) + " replies " + shown(reply) + "; it should be an array, of any content");
    }
  }
}

GRADED_TEST(Commands, CountsAreTrue, 1,
            "DEL counts what it deletes, EXISTS every mention, DBSIZE each key once (R6)") {
  Keys keys;
  keys.expect("MSET a 1 b 2 a 3", ok());
  keys.expect("GET a", bulk("3"));
  keys.expect("DBSIZE", integer(2));
  keys.expect("EXISTS a a b x a", integer(4));
  keys.expect("EXISTS x", integer(0));
  keys.expect("MGET a a x b", list({bulk("3"), bulk("3"), null(), bulk("2")}));
  keys.expect("SET a 4", ok());
  keys.expect("DBSIZE", integer(2));
  keys.expect("DEL a x a", integer(1));
  keys.expect("DEL a", integer(0));
  keys.expect("GET a", null());
  keys.expect("DEL b b", integer(1));
  keys.expect("DBSIZE", integer(0));
  keys.expect("MSET a 1 b 2 c 3", ok());
  keys.expect("DEL c b a", integer(3));
  keys.expect("APPEND n 1", integer(1));
  keys.expect("INCR m", integer(1));
  keys.expect("DBSIZE", integer(2));
}

GRADED_TEST(Commands, NamesAndOptionsIgnoreCase, 1,
            "names and options are the same in capitals or not; keys and values are not (R6)") {
  Keys keys;
  keys.expect("set k v", ok());
  keys.expect("Get k", bulk("v"));
  keys.expect("GeT K", null());
  keys.expect("sEt k w nX", null());
  keys.expect("SET k W xx Ex 100", ok());
  keys.expect("get k", bulk("W"));
  keys.expect("ttl k", integer(100));
  keys.expect("pttl k", integer(100000));
  keys.expect("Set k V pX 2000 Xx", ok());
  keys.expect("tTl k", integer(2));
  keys.expect("expire k 5", integer(1));
  keys.expect("pexpire k 5000", integer(1));
  keys.expect("ping", RespValue::make_simple("PONG"));
  keys.expect("echo EX", bulk("EX"));
  keys.expect("mset NX 1 xx 2", ok());
  keys.expect("mget NX xx nx", list({bulk("1"), bulk("2"), null()}));
  keys.expect("incr n", integer(1));
  keys.expect("decr n", integer(0));
  keys.expect("incrBy n 7", integer(7));
  keys.expect("append n 1", integer(2));
  keys.expect("exists n N", integer(1));
  keys.expect("del n N", integer(1));
  keys.expect("dbsize", integer(3));
  keys.expect("flushall", ok());
  if (keys.run("command").kind != RespValue::Kind::array) fail("COMMAND replies with an array");
}

GRADED_TEST(
    Commands, WrongCommandsChangeNothing, 1,
    "an unknown name, a wrong number of arguments or a wrong option is an error and changes "
    "nothing (R4)") {
  Keys keys;
  keys.expect("SET k 7 EX 100", ok());
  for (const char* command : {"NONSENSE",
                              "GETT k",
                              "GE k",
                              "ECHO",
                              "ECHO a b",
                              "PING a b",
                              "GET",
                              "GET k k",
                              "SET",
                              "SET k",
                              "SET k 1 EX",
                              "SET k 1 PX",
                              "SET k 1 NX EX",
                              "SET k 1 FOO",
                              "SET k 1 10",
                              "SET k 1 NX XX",
                              "SET k 1 XX NX",
                              "SET new 1 NX XX",
                              "SET k 1 EX 1 PX 1",
                              "SET k 1 PX 5 EX 5",
                              "SET k 1 EX abc",
                              "SET k 1 EX 1.5",
                              "SET k 1 EX 0",
                              "SET k 1 EX -1",
                              "SET k 1 PX 0",
                              "SET k 1 PX -10",
                              "SET new 1 EX 0",
                              "SET new 1 NX EX 0",
                              "SET new 1 XX PX 0",
                              "SET k 1 NX EX 0",
                              "SET k 1 PX -1 NX",
                              "SET k 1 NX EX abc",
                              "SET k 1 XX EX 0",
                              "SET k 1 EX NX",
                              "DEL",
                              "EXISTS",
                              "INCR",
                              "INCR k 1",
                              "DECR",
                              "DECR k 1",
                              "INCRBY",
                              "INCRBY k",
                              "INCRBY k 1 2",
                              "APPEND",
                              "APPEND k",
                              "APPEND k a b",
                              "EXPIRE",
                              "EXPIRE k",
                              "EXPIRE k abc",
                              "EXPIRE k 1.5",
                              "EXPIRE k 1 FOO",
                              "PEXPIRE",
                              "PEXPIRE k",
                              "PEXPIRE k 1s",
                              "TTL",
                              "TTL k k",
                              "PTTL",
                              "PTTL k k",
                              "MGET",
                              "MSET",
                              "MSET k",
                              "MSET k 1 new",
                              "MSET new 1 k",
                              "MSET new 1 k 2 x",
                              "DBSIZE k",
                              "FLUSHALL FOO"}) {
    keys.expect_error(command);
    keys.expect("GET k", bulk("7"));
    keys.expect("TTL k", integer(100));
    keys.expect("DBSIZE", integer(1));
  }
  keys.expect_error(Words{""});
  keys.expect_error(Words({"GET\0"s, "k"}));
  keys.expect_error(Words({"SET", "k", "1", ""}));
}

GRADED_TEST(
    Commands, SetConditions, 1,
    "NX sets only what is absent, XX only what is there, and a refusal changes nothing (R6)") {
  Keys keys;
  keys.expect("SET k a XX", null());
  keys.expect("EXISTS k", integer(0));
  keys.expect("SET k a NX EX 10", ok());
  keys.expect("SET k b NX", null());
  keys.expect("SET k b NX PX 1", null());
  keys.expect("GET k", bulk("a"));
  keys.expect("TTL k", integer(10));
  keys.expect("SET k c XX EX 20", ok());
  keys.expect("TTL k", integer(20));
  keys.expect("SET k d EX 30 XX", ok());
  keys.expect("TTL k", integer(30));
  keys.expect("SET k e XX", ok());
  keys.expect("TTL k", integer(-1));
  keys.expect("SET k f PX 1000", ok());
  keys.pass(1s);
  keys.expect("SET k g XX", null());
  keys.expect("GET k", null());
  keys.expect("SET k h NX", ok());
  keys.expect("GET k", bulk("h"));
  keys.expect("TTL k", integer(-1));
  keys.pass(24h);
  keys.expect("GET k", bulk("h"));
  keys.expect("SET NX XX", ok());
  keys.expect("SET EX NX EX 5", ok());
  keys.expect("TTL EX", integer(5));
  keys.expect("GET NX", bulk("XX"));
}

}  // namespace
}  // namespace octet::grading

#include <algorithm>

#include "graders/dsl/graded_test.h"
#include "graders/stage1-sockets/key_value_client.h"
#include "graders/stage1-sockets/servers.h"

/// The key-value server over sockets: replies, their order, and the end of a connection
/// (R1, R3, R4, R6).
namespace octet::grading {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;

std::string pipeline(const std::vector<Words>& commands) {
  std::string bytes;
  for (const Words& command : commands) bytes += wire_form(command);
  return bytes;
}

/// Every kind of reply, and contents that look like protocol.
struct Conversation {
  std::vector<Words> commands = {"PING",
                                 {"SET", "k", "a\r\n$3\r\nb"},
                                 "GET k",
                                 {"SET", "", ""},
                                 {"GET", ""},
                                 "GET absent",
                                 {"ECHO", "*1\r\n$4\r\nPING\r\n"},
                                 "INCR n",
                                 "DECR m",
                                 {"MGET", "n", "absent", "k", ""},
                                 "DBSIZE"};
  std::vector<RespValue> replies = {
      pong(),
      ok(),
      bulk("a\r\n$3\r\nb"),
      ok(),
      bulk(""),
      null(),
      bulk("*1\r\n$4\r\nPING\r\n"),
      integer(1),
      integer(-1),
      list({bulk("1"), null(), bulk("a\r\n$3\r\nb"), bulk("")}),
      integer(4),
  };

  std::string sent() const { return pipeline(commands); }
  std::string received() const {
    std::string bytes;
    for (const RespValue& reply : replies) bytes += wire_form(reply);
    return bytes;
  }
};

/// The places between each CR and its LF.
std::vector<std::size_t> inside_line_ends(const std::string& bytes) {
  std::vector<std::size_t> places;
  for (std::size_t i = 1; i < bytes.size(); ++i) {
    if (bytes[i - 1] == '\r' && bytes[i] == '\n') places.push_back(i);
  }
  return places;
}

/// A name or an argument with line ends in it cannot forge a reply.
void expect_errors_in_one_line(KeyValueClient& client) {
  const std::string forged = "NO\r\n+OK\r\n$1\r\nx\r\n";
  for (const Words& command : {Words{forged}, Words{"NO", forged}, Words{std::string(300'000, 'x')},
                               Words{"SET", "k", "v", forged}, Words{"SET", "k", "v", "EX", forged},
                               Words{"INCRBY", "k", forged}}) {
    client.wire().send(wire_form(command) + wire_form(Words("PING")));
    client.receive_error();
    client.receive(pong());
  }
  client.wire().expect_silence();
}

GRADED_TEST(KeyValue, AWrongCommandHarmsNoOther, 1,
            "in a pipeline each command has one reply, in order; a wrong one has one line of error "
            "(R3, R4)") {
  ServerProcess server(sockets::kv_server());
  KeyValueClient client(server);
  client.wire().send(pipeline({"PING",
                               "NONSENSE a b",
                               "ECHO one",
                               "GET",
                               "SET k 1 FOO",
                               "INCR k",
                               "MSET a",
                               {""},
                               "ECHO two",
                               "GETT k",
                               "GET k"}));
  client.receive(pong());
  client.receive_error();
  client.receive(bulk("one"));
  client.receive_error();
  client.receive_error();
  client.receive(integer(1));
  client.receive_error();
  client.receive_error();
  client.receive(bulk("two"));
  client.receive_error();
  client.receive(bulk("1"));
  client.wire().expect_silence();
  expect_errors_in_one_line(client);
}

GRADED_TEST(KeyValue, ACutAnywhereChangesNothing, 1,
            "commands may arrive in any pieces, cut between CR and LF too (R3)") {
  const Conversation conversation;
  const std::string bytes = conversation.sent();
  {
    ServerProcess server(sockets::kv_server());
    Wire wire(server);
    wire.send_cut(bytes, inside_line_ends(bytes));
    wire.expect(conversation.received());
  }
  ServerProcess server(sockets::kv_server());
  Wire wire(server);
  wire.send_in_pieces(bytes, 1);
  wire.expect(conversation.received());
  wire.expect_silence();
}

GRADED_TEST(KeyValue, TenThousandCommandsInOneWrite, 1,
            "a long pipeline is answered completely and in order, also when its sender is done "
            "sending (R3)") {
  ServerProcess server(sockets::kv_server());
  Wire wire(server);
  std::string replies;
  std::string commands;
  for (int i = 1; i <= 10'000; ++i) {
    commands += wire_form(Words("INCR n"));
    replies += wire_form(integer(i));
  }
  wire.send(commands + "*2\r\n$3\r\nGET\r\n$1");
  wire.shut_down_sending();
  wire.expect_close_after(replies);
}

GRADED_TEST(
    KeyValue, APartialCommandDelaysNobody, 1,
    "half a command delays neither those before it nor other connections, and takes no memory "
    "for what has not come (R3, R5, F6)") {
  ServerProcess server(sockets::kv_server());
  KeyValueClient half(server, {.name = "the one with half a command"});
  KeyValueClient other(server, {.name = "the other"});
  half.wire().send(pipeline({"PING", "SET k 1"}) + "*2\r\n$3\r\nGET\r\n$1\r");
  half.receive(pong());
  half.receive(ok());
  half.wire().expect_silence();
  other.expect("GET k", bulk("1"));
  other.expect("SET k 2", ok());
  half.wire().send("\nk\r\n");
  half.receive(bulk("2"));

  half.wire().send("*2\r\n$4\r\nECHO\r\n$8000000\r\nab");
  other.expect("GET k", bulk("2"));
  EXPECT_LE(server.largest_allocation(), 1'000'000u)
      << "two bytes of 8000000 have come: the server took memory for what was announced";
  half.wire().reset();
  other.expect("GET k", bulk("2"));
}

GRADED_TEST(KeyValue, ConnectionsCountTogether, 1,
            "every command is atomic: two connections that increment lose no increment (R6)") {
  ServerProcess server(sockets::kv_server());
  KeyValueClient first(server, {.name = "first"});
  KeyValueClient second(server, {.name = "second"});
  std::string increments;
  for (int i = 0; i < 1000; ++i) increments += wire_form(Words("INCR n"));
  server.pause();
  first.wire().send(increments);
  second.wire().send(increments);
  server.resume();
  std::vector<std::string> replies;
  for (int i = 0; i < 1000; ++i) {
    replies.push_back(first.wire().receive_until("\r\n"));
    replies.push_back(second.wire().receive_until("\r\n"));
  }
  first.expect("GET n", bulk("2000"));
  std::sort(replies.begin(), replies.end());
  EXPECT_EQ(std::unique(replies.begin(), replies.end()), replies.end())
      << "two increments had the same result";
}

GRADED_TEST(KeyValue, ExpiryNeedsNoTimer, 1,
            "a key is gone when its time has passed on the server's clock (R6)") {
  ServerProcess server(sockets::kv_server());
  KeyValueClient client(server);
  client.expect("SET a 1 EX 1", ok());
  client.expect("SET b 2 PX 2500", ok());
  client.expect("SET c 3 EX 1", ok());
  client.expect("SET c 3", ok());
  server.advance(999ms);
  client.expect("MGET a b c", list({bulk("1"), bulk("2"), bulk("3")}));
  server.advance(1ms);
  client.expect("MGET a b c", list({null(), bulk("2"), bulk("3")}));
  client.expect("DBSIZE", integer(2));
  client.expect("PTTL b", integer(1500));
  server.advance(24h);
  client.expect("EXISTS a b c", integer(1));
  KeyValueClient later(server, {.name = "one that comes later"});
  later.expect("GET c", bulk("3"));
}

GRADED_TEST(KeyValue, QuitIsAnsweredThenCloses, 1,
            "QUIT is answered with OK, then the server closes that connection, and no other (R7)") {
  ServerProcess server(sockets::kv_server());
  KeyValueClient other(server, {.name = "the other"});
  other.expect("SET k 1", ok());
  KeyValueClient client(server);
  client.wire().send(pipeline({"GET k", "quit"}));
  client.wire().expect_close_after(wire_form(bulk("1")) + wire_form(ok()));
  KeyValueClient hasty(server, {.name = "one that goes on after QUIT"});
  hasty.wire().send(pipeline({"PING", "QUIT", "SET k 2"}));
  hasty.wire().expect_close_after(wire_form(pong()) + wire_form(ok()));
  other.expect("GET k", bulk("1"));
}

}  // namespace
}  // namespace octet::grading

#include <algorithm>
#include <string>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/net/bytes.h"
#include "graders/stage1-sockets/key_value_client.h"
#include "graders/stage1-sockets/servers.h"

/// The key-value server among clients that are large, slow, wrong or malicious (R4, R5, F6).
namespace octet::grading {
namespace {

constexpr std::size_t kibibyte = 1 << 10;
constexpr std::size_t mebibyte = 1 << 20;

/// What comes before it is answered; it is answered with an error; then the server closes.
void expect_error_then_close(ServerProcess& server, const std::string& malformed) {
  KeyValueClient client(server, {.name = "one that sends " + escaped(malformed)});
  client.wire().send(wire_form(Words("PING")) + malformed);
  client.receive(pong());
  client.receive_error();
  client.wire().expect_close();
}

/// Not a command, but well-formed: answered with an error, whether or not the server then closes.
void expect_error(ServerProcess& server, const std::string& bytes) {
  KeyValueClient client(server, {.name = "one that sends " + escaped(bytes)});
  client.wire().send(bytes);
  client.receive_error();
}

/// A command without a word may be ignored, as Redis does, or refused.
void expect_error_or_silence(ServerProcess& server, const std::string& bytes) {
  KeyValueClient client(server, {.name = "one that sends " + escaped(bytes)});
  client.wire().send(bytes + wire_form(Words("PING")));
  client.wire().shut_down_sending();
  const std::string replies = client.wire().receive_all();
  if (replies != wire_form(pong()) && !replies.starts_with("-ERR")) {
    fail("after " + escaped(bytes) + " and a PING came " + escaped(replies));
  }
}

GRADED_TEST(KeyValue, MalformedBytesEndTheirConnection, 1,
            "bytes that are not RESP get an error reply and the end of that connection alone (R4, "
            "R5)") {
  ServerProcess server(sockets::kv_server());
  KeyValueClient other(server, {.name = "a bystander"});
  other.expect("SET k 1", ok());
  for (const char* malformed :
       {"*abc\r\n", "*1x\r\n", "*\r\n", "*1\r\n$abc\r\n", "*1\r\n$-2\r\n", "*1\r\n$\r\n",
        "*2\r\n$3\r\nGETxx", "*1\r\n@4\r\n", "*1\r\n:x\r\n", "*2147483647\r\n", "*1048577\r\n",
        "*99999999999999999999\r\n", "*2\r\n$4\r\nECHO\r\n$8388609\r\n", "*1\r\n$2147483647\r\n",
        "*1\r\n$99999999999999999999\r\n"}) {
    expect_error_then_close(server, malformed);
    other.expect("GET k", bulk("1"));
  }
  for (const char* bytes : {"@nonsense\r\n", "*1\r\n$-1\r\n", "*1\r\n:1\r\n", "*1\r\n*0\r\n",
                            "*2\r\n$3\r\nGET\r\n$-1\r\n", "*2\r\n$3\r\nGET\r\n*1\r\n$1\r\nk\r\n"}) {
    expect_error(server, bytes);
    other.expect("GET k", bulk("1"));
  }
  for (const char* bytes : {"*0\r\n", "*-1\r\n"}) expect_error_or_silence(server, bytes);
  other.expect("GET k", bulk("1"));
}

/// This value comes next, in one look at all of it: its size makes other ways slow.
void receive_large(KeyValueClient& client, const std::string& value) {
  const std::string expected = wire_form(bulk(value));
  const std::string came = client.wire().receive(expected.size());
  if (came != expected) fail("the value comes back changed: " + difference(came, expected));
}

/// A few bytes can ask for hundreds of megabytes. `k` holds one.
void expect_bounded_replies(ServerProcess& server, KeyValueClient& client) {
  KeyValueClient deaf(server, {.name = "one that asks for 400 MB and does not read",
                               .receive_buffer = 32 * kibibyte});
  std::string commands;
  for (int i = 0; i < 400; ++i) commands += wire_form(Words("GET k"));
  const std::size_t before = server.memory();
  deaf.wire().send(commands);
  server.settle();
  const std::size_t grown = server.memory() - std::min(server.memory(), before);
  if (grown > 64 * mebibyte) {
    fail("the server's memory has grown by " + std::to_string(grown / mebibyte) +
         " MB for one client that asked for much and does not read");
  }
  client.expect("PING", pong());
}

GRADED_TEST(KeyValue, LargeValuesAndSlowReaders, 1,
            "values larger than any buffer arrive whole, and who does not read delays only itself "
            "and costs bounded memory (R1, F6)") {
  ServerProcess server(sockets::kv_server());
  KeyValueClient client(server);
  const std::string largest(sockets::RespLimits().max_bulk, 'x');
  client.expect({"SET", "largest", largest}, ok());
  client.send("GET largest");
  receive_large(client, largest);

  const std::string value(mebibyte, 'y');
  client.expect({"SET", "k", value}, ok());
  KeyValueClient slow(server, {.name = "one that does not read", .receive_buffer = 32 * kibibyte});
  std::string commands;
  for (int i = 0; i < 6; ++i) commands += wire_form(Words("GET k"));
  slow.wire().send(commands);
  receive_large(slow, value);
  client.expect("PING", pong());
  client.send("GET k");
  receive_large(client, value);
  for (int i = 1; i < 6; ++i) receive_large(slow, value);
  slow.expect("PING", pong());
  expect_bounded_replies(server, client);
}

}  // namespace
}  // namespace octet::grading

// A chat server. Open several terminals with `nc 127.0.0.1 7002` and type:
//     NAME ann        JOIN tea        SAY tea hello        WHO tea        QUIT
#include "chat_server.h"

#include <CLI/CLI.hpp>

#include "run_server.h"

int main(int argc, char** argv) {
  CLI::App app("Rooms to chat in, for nc from several terminals.");
  std::uint16_t port = 7002;
  octet::sockets::ChatConfig config;
  app.add_option("--port", port, "listen here")->capture_default_str();
  app.add_option("--max-queued", config.max_queued_bytes, "bytes that may wait for a slow reader")
      ->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  return octet::sockets::demo::run_server<octet::sockets::ChatServer>(port, config);
}

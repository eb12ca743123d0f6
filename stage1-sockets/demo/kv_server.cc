// A key-value server for Redis clients: `redis-cli -p 7001`, or `nc 127.0.0.1 7001` and type PING.
#include "kv_server.h"

#include <CLI/CLI.hpp>

#include "run_server.h"

int main(int argc, char** argv) {
  CLI::App app("Keeps keys and values for redis-cli and other Redis clients.");
  std::uint16_t port = 7001;
  app.add_option("--port", port, "listen here")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  return octet::sockets::demo::run_server<octet::sockets::KvServer>(port,
                                                                    octet::sockets::KvConfig{});
}

// An echo server to talk to, with `demo_1_echo_client` or with a frame made by hand:
//
//     printf '\0\0\0\5hello' | nc -N 127.0.0.1 7000 | xxd
#include "echo_server.h"

#include <CLI/CLI.hpp>

#include "run_server.h"

int main(int argc, char** argv) {
  CLI::App app("Sends every frame back to where it came from.");
  std::uint16_t port = 7000;
  app.add_option("--port", port, "listen here")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  return octet::sockets::demo::run_server<octet::sockets::EchoServer>(port,
                                                                      octet::sockets::EchoConfig{});
}

// Type lines: each goes to the echo server as a frame, and what comes back is printed.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <array>
#include <asio/buffer.hpp>
#include <asio/connect.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/write.hpp>
#include <exception>
#include <iostream>
#include <string>

#include "frame_codec.h"
#include "stage1-sockets/api/frames.h"

namespace {

using octet::sockets::FrameDecoder;

std::string receive_frame(asio::ip::tcp::socket& socket, FrameDecoder& decoder) {
  for (;;) {
    if (const auto payload = decoder.next()) return *payload;
    if (decoder.too_long()) throw std::runtime_error("the server sent a frame above the limit");
    std::array<char, 4096> bytes;
    decoder.feed({bytes.data(), socket.read_some(asio::buffer(bytes))});
  }
}

void talk(const std::string& host, const std::string& port) {
  asio::io_context io;
  asio::ip::tcp::socket socket(io);
  asio::connect(socket, asio::ip::tcp::resolver(io).resolve(host, port));
  FrameDecoder decoder(octet::sockets::default_max_payload);
  for (std::string line; std::getline(std::cin, line);) {
    std::string frame;
    octet::sockets::append_frame(frame, line);
    asio::write(socket, asio::buffer(frame));
    fmt::print("{}\n", receive_frame(socket, decoder));
  }
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Sends lines as frames and prints the frames that come back.");
  std::string host = "127.0.0.1";
  std::string port = "7000";
  app.add_option("--host", host, "of the server")->capture_default_str();
  app.add_option("--port", port, "of the server")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  try {
    talk(host, port);
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}:{}: {}\n", host, port, error.what());
    return 1;
  }
}

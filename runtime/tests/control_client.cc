#include "runtime/tests/control_client.h"

#include <asio/buffer.hpp>
#include <asio/read_until.hpp>
#include <asio/write.hpp>

namespace octet {

ControlClient::ControlClient(const asio::ip::tcp::endpoint& at) {
  socket_.connect(at);
}

std::string ControlClient::read_line() {
  asio::error_code error;
  const std::size_t length = asio::read_until(socket_, asio::dynamic_buffer(buffer_), '\n', error);
  if (error) return "";
  std::string line = buffer_.substr(0, length - 1);
  buffer_.erase(0, length);
  return line;
}

std::string ControlClient::ask(const std::string& line) {
  asio::write(socket_, asio::buffer(line + "\n"));
  std::string answer = read_line();
  while (answer.starts_with("output ")) answer = read_line();
  return answer;
}

}  // namespace octet

#include "runtime/tcp/frames.h"

#include <gtest/gtest.h>

#include <asio/buffer.hpp>
#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>
#include <asio/write.hpp>
#include <string>
#include <vector>

#include "runtime/tcp/spawn.h"

namespace octet::tcp {
namespace {

using asio::ip::tcp;

/// Both ends of a connection, and a reader at one of them.
class Connection {
 public:
  Connection() {
    tcp::acceptor acceptor(io_, {asio::ip::address_v4::loopback(), 0});
    writer_.connect(acceptor.local_endpoint());
    reader_ = acceptor.accept();
    asio::co_spawn(
        io_, [this] { return read(); }, rethrow);
  }

  void write(const std::string& bytes) {
    asio::write(writer_, asio::buffer(bytes));
    io_.run_for(std::chrono::milliseconds(10));  // what has not come by then comes later
  }
  void end() {
    writer_.close();
    io_.restart();
    io_.run();
  }

  const std::vector<Bytes>& frames() const { return frames_; }
  bool has_ended() const { return has_ended_; }

 private:
  asio::awaitable<void> read() {
    FrameReader reader(reader_);
    while (auto frame = co_await reader.next()) frames_.push_back(std::move(*frame));
    has_ended_ = true;
  }

  asio::io_context io_{1};
  tcp::socket writer_{io_};
  tcp::socket reader_{io_};
  std::vector<Bytes> frames_;
  bool has_ended_ = false;
};

std::string framed(const std::vector<Bytes>& messages) {
  std::string bytes;
  for (const Bytes& message : messages) append_frame(bytes, message);
  return bytes;
}

TEST(Frames, ManyInOneRead) {
  const std::vector<Bytes> messages = {"a", "", std::string(100'000, 'b'), "c"};
  Connection connection;
  connection.write(framed(messages));
  connection.end();
  EXPECT_EQ(connection.frames(), messages);
  EXPECT_TRUE(connection.has_ended());
}

TEST(Frames, OneInManyReads) {
  const std::vector<Bytes> messages = {"hello", "world"};
  Connection connection;
  for (const char byte : framed(messages)) connection.write(std::string(1, byte));
  connection.end();
  EXPECT_EQ(connection.frames(), messages);
}

TEST(Frames, TheEndInTheMiddleIsTheEnd) {
  const std::string bytes = framed({"whole", "torn"});
  Connection connection;
  connection.write(bytes.substr(0, bytes.size() - 1));
  connection.end();
  EXPECT_EQ(connection.frames(), std::vector<Bytes>{"whole"});
  EXPECT_TRUE(connection.has_ended());
}

TEST(Frames, ALengthBeyondTheLimitIsNoFrame) {
  Connection connection;
  const auto talk = [&] {
    connection.write(framed({"whole"}) + std::string(4, '\xff'));
    connection.end();
  };
  EXPECT_THROW(talk(), Undecodable);
  EXPECT_EQ(connection.frames(), std::vector<Bytes>{"whole"});
}

}  // namespace
}  // namespace octet::tcp

#include "runtime/tcp/link.h"

#include <gtest/gtest.h>

#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>
#include <memory>
#include <vector>

#include "runtime/tcp/frames.h"
#include "runtime/tcp/spawn.h"

namespace octet::tcp {
namespace {

/// A link, and the messages that come at its other end.
class Receiver {
 public:
  Receiver() {
    asio::co_spawn(
        io_, [this] { return receive(); }, rethrow);
    link_->start();
    run_until_received(1);
  }
  ~Receiver() { link_->close(); }
  Receiver(const Receiver&) = delete;
  Receiver& operator=(const Receiver&) = delete;

  Link& link() { return *link_; }
  const std::vector<Bytes>& received() const { return received_; }

  void run_until_received(std::size_t messages) {
    while (received_.size() < messages) io_.run_one();
  }

 private:
  asio::awaitable<void> receive() {
    asio::ip::tcp::socket socket = co_await acceptor_.async_accept(asio::use_awaitable);
    FrameReader reader(socket);
    while (auto message = co_await reader.next()) received_.push_back(std::move(*message));
  }

  asio::io_context io_{1};
  asio::ip::tcp::acceptor acceptor_{io_, {asio::ip::address_v4::loopback(), 0}};
  std::vector<Bytes> received_;
  std::shared_ptr<Link> link_ = std::make_shared<Link>(io_, acceptor_.local_endpoint(), "hello");
};

TEST(Link, AMessageThatIsLongerThanTheQueueGoesAlone) {
  Receiver receiver;
  const Bytes large(Link::longest_queue + 1, 'x');
  receiver.link().send(large);
  receiver.link().send("there is no room for this one");
  receiver.run_until_received(2);
  receiver.link().send(Bytes(longest_frame + 1, 'x'));  // nor ever for this one
  receiver.link().send("the next");
  receiver.run_until_received(3);
  EXPECT_EQ(receiver.received().at(1), large);
  EXPECT_EQ(receiver.received().at(2), "the next");
}

}  // namespace
}  // namespace octet::tcp

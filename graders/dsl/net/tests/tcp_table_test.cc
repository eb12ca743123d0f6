#include "graders/dsl/net/tcp_table.h"

#include <gtest/gtest.h>

#include <array>
#include <asio/buffer.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/read.hpp>
#include <asio/write.hpp>

namespace octet::grading {
namespace {

using asio::ip::tcp;

constexpr int syn_sent = 2;

const tcp::endpoint any_port(asio::ip::address_v4::loopback(), 0);

TEST(TcpTable, KnowsTheEndThatASocketIs) {
  asio::io_context io;
  tcp::acceptor acceptor(io, any_port);
  tcp::socket client(io);
  EXPECT_FALSE(tcp_end_of(client.native_handle())) << "it is not open";
  EXPECT_FALSE(tcp_end_of(acceptor.native_handle())) << "a listener is no end";
  client.connect(acceptor.local_endpoint());
  const auto end = tcp_end_of(client.native_handle());
  ASSERT_TRUE(end);
  EXPECT_EQ(end->local_port, client.local_endpoint().port());
  EXPECT_EQ(end->remote_port, acceptor.local_endpoint().port());
}

TEST(TcpTable, BytesAreUnderWayUntilTheyCanBeRead) {
  asio::io_context io;
  tcp::acceptor acceptor(io, any_port);
  tcp::socket client(io);
  client.connect(acceptor.local_endpoint());
  tcp::socket peer = acceptor.accept();
  TcpEnd end = tcp_end_of(client.native_handle()).value();
  EXPECT_FALSE(something_under_way(end));
  end.unacknowledged = 5;
  EXPECT_TRUE(something_under_way(end)) << "sent, and the peer has nothing to read";

  asio::write(client, asio::buffer("hello", 5));
  std::array<char, 1> first = {};
  asio::read(peer, asio::buffer(first));  // the other four have come with it
  EXPECT_FALSE(something_under_way(end)) << "the peer has something to read";
}

TEST(TcpTable, AnEndWithoutAPeerWaitsForItsReset) {
  asio::io_context io;
  tcp::acceptor acceptor(io, any_port);
  tcp::socket client(io);
  client.connect(acceptor.local_endpoint());
  TcpEnd end = tcp_end_of(client.native_handle()).value();
  end.remote_port = 1;
  EXPECT_TRUE(something_under_way(end));
}

TEST(TcpTable, AnAttemptWaitsForTheProgramOnlyWhereTheQueueIsFull) {
  asio::io_context io;
  tcp::acceptor acceptor(io, any_port);
  const TcpEnd attempt = {
      .local_port = 1, .remote_port = acceptor.local_endpoint().port(), .state = syn_sent};
  EXPECT_TRUE(something_under_way(attempt)) << "the kernel is about to answer";
  tcp::socket client(io);
  client.connect(acceptor.local_endpoint());
  EXPECT_FALSE(something_under_way(attempt)) << "others wait to be accepted";
}

}  // namespace
}  // namespace octet::grading

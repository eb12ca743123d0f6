#include "graders/dsl/net/tests/small_servers.h"

#include <array>
#include <asio/buffer.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/post.hpp>
#include <asio/steady_timer.hpp>
#include <asio/write.hpp>
#include <csignal>
#include <cstdlib>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

namespace octet::grading {
namespace {

using asio::ip::tcp;

struct Session;
using SessionPtr = std::shared_ptr<Session>;
using Habit = std::function<void(const SessionPtr&, const std::string& bytes)>;

struct Session : std::enable_shared_from_this<Session> {
  Session(tcp::socket connection, Habit what)
      : socket(std::move(connection)), habit(std::move(what)) {}

  void read() {
    socket.async_read_some(asio::buffer(buffer),
                           [self = shared_from_this()](asio::error_code error, std::size_t size) {
                             if (error) return;
                             self->habit(self, std::string(self->buffer.data(), size));
                             if (self->socket.is_open()) self->read();
                           });
  }
  void answer(const std::string& bytes) {
    asio::error_code ignored;
    asio::write(socket, asio::buffer(bytes), ignored);
  }

  tcp::socket socket;
  Habit habit;
  std::array<char, 4096> buffer = {};
};

struct SmallServer {
  SmallServer(asio::io_context& io, Habit what)
      : acceptor(io, tcp::endpoint(asio::ip::address_v4::loopback(), 0)), habit(std::move(what)) {
    accept();
  }
  void accept() {
    acceptor.async_accept([this](asio::error_code error, tcp::socket socket) {
      if (error) return;
      const auto session = std::make_shared<Session>(std::move(socket), habit);
      sessions.insert(session);
      if (habit) session->read();
      accept();
    });
  }
  void stop() {
    acceptor.close();
    for (const SessionPtr& session : sessions) session->socket.close();
  }

  tcp::acceptor acceptor;
  Habit habit;
  std::set<SessionPtr> sessions;
};

StartServer with_habit(Habit habit) {
  return [habit](asio::io_context& io) {
    const auto server = std::make_shared<SmallServer>(io, habit);
    return HostedServer{.server = server,
                        .port = server->acceptor.local_endpoint().port(),
                        .stop = [raw = server.get()] { raw->stop(); }};
  };
}

template <class AnyTimer>
StartServer echoes_later(typename AnyTimer::duration delay) {
  return with_habit([delay](const SessionPtr& session, const std::string& bytes) {
    const auto timer = std::make_shared<AnyTimer>(session->socket.get_executor(), delay);
    timer->async_wait([timer, session, bytes](asio::error_code) { session->answer(bytes); });
  });
}

void spin(asio::io_context& io) {
  asio::post(io, [&io] { spin(io); });
}

}  // namespace

StartServer echoes() {
  return with_habit(
      [](const SessionPtr& session, const std::string& bytes) { session->answer(bytes); });
}

StartServer echoes_from_a_worker() {
  return with_habit([](const SessionPtr& session, const std::string& bytes) {
    std::thread([session, bytes] {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      asio::post(session->socket.get_executor(), [session, bytes] { session->answer(bytes); });
    }).detach();
  });
}

StartServer echoes_after_a_real_timer() {
  return echoes_later<asio::steady_timer>(std::chrono::milliseconds(400));
}

StartServer echoes_after_a_second() {
  return echoes_later<Timer>(std::chrono::seconds(1));
}

StartServer spins_and_echoes() {
  return [](asio::io_context& io) {
    spin(io);
    return echoes()(io);
  };
}

StartServer counts_reads() {
  return with_habit([](const SessionPtr& session, const std::string& bytes) {
    session->answer(std::string(1, static_cast<char>('a' + static_cast<int>(bytes.size()) - 1)));
  });
}

StartServer never_answers() {
  return with_habit([](const SessionPtr&, const std::string&) {});
}

StartServer never_reads() {
  return with_habit({});
}

StartServer crashes_when_spoken_to() {
  return with_habit([](const SessionPtr&, const std::string&) { std::raise(SIGSEGV); });
}

StartServer exits_when_spoken_to() {
  return with_habit([](const SessionPtr&, const std::string&) { std::exit(0); });
}

StartServer throws_when_spoken_to() {
  return with_habit(
      [](const SessionPtr&, const std::string&) { throw std::runtime_error("out of tea"); });
}

StartServer closes_when_spoken_to() {
  return with_habit([](const SessionPtr& session, const std::string&) { session->socket.close(); });
}

StartServer cannot_be_stopped() {
  return [](asio::io_context& io) {
    HostedServer server = echoes()(io);
    server.stop = [] {};
    return server;
  };
}

}  // namespace octet::grading

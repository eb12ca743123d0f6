#pragma once

#include <array>
#include <asio/buffer.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/write.hpp>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <variant>

#include "frame_codec.h"
#include "register.h"
#include "runtime/clock.h"
#include "stage1-sockets/api/frames.h"

/// Two registers that talk over TCP on this machine, and a link between them that can be cut.
namespace octet::sockets::demo {

using asio::ip::tcp;

/// Every message as the same five fields; those that it does not have are zero or empty.
inline std::string encode(const PeerMessage& message) {
  return std::visit(
      [&](const auto& known) {
        Versioned held;
        if constexpr (requires { known.held; }) held = known.held;
        std::ostringstream out;
        out << message.index() << ' ' << known.request << ' ' << held.version.counter << ' '
            << held.version.writer << ' ' << held.value;
        return out.str();
      },
      message);
}

inline PeerMessage decode(const std::string& bytes) {
  std::istringstream in(bytes);
  std::size_t kind = 0;
  RequestId request = 0;
  Versioned held;
  in >> kind >> request >> held.version.counter >> held.version.writer;
  in.ignore(1);
  std::getline(in, held.value);
  switch (kind) {
    case 0:
      return Ask{request};
    case 1:
      return Tell{request, held};
    case 2:
      return Offer{request, held};
    default:
      return Accepted{request};
  }
}

/// A socket that gives and takes whole frames. Lives as long as it is read from.
class FrameSocket : public std::enable_shared_from_this<FrameSocket> {
 public:
  FrameSocket(tcp::socket socket, std::function<void(const std::string&)> on_frame)
      : socket_(std::move(socket)), on_frame_(std::move(on_frame)) {}

  void read() {
    socket_.async_read_some(asio::buffer(bytes_),
                            [self = shared_from_this()](asio::error_code error, std::size_t count) {
                              if (error) return;
                              self->decoder_.feed({self->bytes_.data(), count});
                              while (const auto payload = self->decoder_.next())
                                self->on_frame_(*payload);
                              self->read();
                            });
  }

  void send(const std::string& payload) {
    std::string frame;
    append_frame(frame, payload);
    asio::write(socket_, asio::buffer(frame));  // a few bytes: the system takes them at once
  }

  void close() { socket_.close(); }

 private:
  tcp::socket socket_;
  std::function<void(const std::string&)> on_frame_;
  FrameDecoder decoder_{default_max_payload};
  std::array<char, 4096> bytes_{};
};

/// A register with a connection to its peer and clients that wait only so long.
class Replica {
 public:
  static constexpr Clock::duration patience = std::chrono::milliseconds(200);

  Replica(asio::io_context& io, RegisterConfig config, const tcp::endpoint& link)
      : io_(io), register_(config), patience_(io) {
    tcp::socket socket(io);
    socket.connect(link);
    peer_ = std::make_shared<FrameSocket>(std::move(socket), [this](const std::string& payload) {
      act([&](RegisterEffects& effects) { register_.receive(decode(payload), effects); });
    });
    peer_->read();
  }
  ~Replica() { peer_->close(); }

  Answer read() {
    return answer_to([&](RegisterEffects& effects) { register_.read(request_, effects); });
  }
  Answer write(const std::string& value) {
    return answer_to([&](RegisterEffects& effects) { register_.write(request_, value, effects); });
  }
  void exchange() {
    act([&](RegisterEffects& effects) { register_.exchange(effects); });
  }

 private:
  template <class Action>
  void act(Action action) {
    RegisterEffects effects;
    action(effects);
    for (const PeerMessage& message : effects.to_peer) peer_->send(encode(message));
    for (const auto& [request, answer] : effects.to_clients) answers_[request] = answer;
  }

  /// Runs the event loop, and with it the other replica, until the request is answered.
  template <class Action>
  Answer answer_to(Action action) {
    ++request_;
    act(action);
    patience_.expires_after(patience);
    patience_.async_wait([this, request = request_](asio::error_code cancelled) {
      if (cancelled) return;
      act([&](RegisterEffects& effects) { register_.peer_is_silent(request, effects); });
    });
    while (!answers_.contains(request_)) io_.run_one();
    patience_.cancel();
    return answers_.at(request_);
  }

  asio::io_context& io_;
  Register register_;
  Timer patience_;
  std::shared_ptr<FrameSocket> peer_;
  RequestId request_ = 0;
  std::map<RequestId, Answer> answers_;
};

/// What lies between the replicas. It passes frames on, or, when it is cut, loses them.
class Link {
 public:
  explicit Link(asio::io_context& io) : acceptor_(io, {asio::ip::address_v4::loopback(), 0}) {}
  ~Link() {
    for (const auto& end : ends_) {
      if (end) end->close();
    }
  }

  tcp::endpoint endpoint() const { return acceptor_.local_endpoint(); }

  /// Takes the connection of one of the two replicas, which has been made already.
  void accept(std::size_t end) {
    ends_.at(end) = std::make_shared<FrameSocket>(
        acceptor_.accept(), [this, end](const std::string& payload) { pass(1 - end, payload); });
    ends_.at(end)->read();
  }

  void cut() { is_cut_ = true; }
  void heal() { is_cut_ = false; }

  int passed() const { return passed_; }
  int lost() const { return lost_; }

 private:
  void pass(std::size_t to, const std::string& payload) {
    ++(is_cut_ ? lost_ : passed_);
    if (!is_cut_) ends_.at(to)->send(payload);
  }

  tcp::acceptor acceptor_;
  std::array<std::shared_ptr<FrameSocket>, 2> ends_;
  bool is_cut_ = false;
  int passed_ = 0;
  int lost_ = 0;
};

}  // namespace octet::sockets::demo

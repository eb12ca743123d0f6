#pragma once

#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stage1-sockets/api/cap.h"
#include "stage1-sockets/api/chat.h"
#include "stage1-sockets/api/client.h"
#include "stage1-sockets/api/frames.h"
#include "stage1-sockets/api/resp.h"

/// The seam between this stage's graders and a solution: everything that a grader may call. The
/// files in api/seam/ connect it to the classes that a student writes, so a grader is compiled once
/// and linked with any solution.
namespace octet::sockets {

using Endpoint = asio::ip::tcp::endpoint;

/// A server that runs as long as its io_context does.
class Server {
 public:
  virtual ~Server() = default;
  virtual std::uint16_t port() const = 0;
  virtual void stop() = 0;
};

std::unique_ptr<Server> make_echo_server(asio::io_context& io, Endpoint at, EchoConfig config);
std::unique_ptr<Server> make_kv_server(asio::io_context& io, Endpoint at, KvConfig config);
std::unique_ptr<Server> make_chat_server(asio::io_context& io, Endpoint at, ChatConfig config);
SlowConsumer chat_slow_consumer_policy();

/// A FrameDecoder.
class AnyFrameDecoder {
 public:
  virtual ~AnyFrameDecoder() = default;
  virtual void feed(std::string_view bytes) = 0;
  virtual std::optional<std::string> next() = 0;
  virtual bool too_long() const = 0;
};
std::unique_ptr<AnyFrameDecoder> make_frame_decoder(std::uint32_t max_payload);
std::string encode_frame(std::string_view payload);

/// A RespDecoder.
class AnyRespDecoder {
 public:
  virtual ~AnyRespDecoder() = default;
  virtual void feed(std::string_view bytes) = 0;
  virtual std::optional<RespValue> next() = 0;
  virtual std::optional<std::string> error() const = 0;
};
std::unique_ptr<AnyRespDecoder> make_resp_decoder(RespLimits limits);
std::string encode_resp(const RespValue& value);

/// A Keyspace with the commands.
class AnyStore {
 public:
  virtual ~AnyStore() = default;
  virtual RespValue execute(const std::vector<std::string>& command, Clock::time_point now) = 0;
};
std::unique_ptr<AnyStore> make_store();

/// A Client.
class AnyClient {
 public:
  virtual ~AnyClient() = default;
  virtual void request(std::string body, Clock::duration timeout, ReplyHandler done) = 0;
  virtual void close() = 0;
};
std::unique_ptr<AnyClient> make_client(asio::io_context& io, Endpoint server, ClientConfig config);

/// A Backoff.
class AnyBackoff {
 public:
  virtual ~AnyBackoff() = default;
  virtual DelayRange range(std::uint64_t attempt) const = 0;
  virtual Clock::duration next_delay() = 0;
  virtual void reset() = 0;
};
std::unique_ptr<AnyBackoff> make_backoff(BackoffConfig config, std::uint64_t seed);

/// A Register.
class AnyRegister {
 public:
  virtual ~AnyRegister() = default;
  virtual void read(RequestId request, RegisterEffects& effects) = 0;
  virtual void write(RequestId request, std::string value, RegisterEffects& effects) = 0;
  virtual void receive(const PeerMessage& message, RegisterEffects& effects) = 0;
  virtual void peer_is_silent(RequestId request, RegisterEffects& effects) = 0;
  virtual void exchange(RegisterEffects& effects) = 0;
};
std::unique_ptr<AnyRegister> make_register(RegisterConfig config);

}  // namespace octet::sockets

#include "graders/stage1-sockets/servers.h"

#include <asio/ip/address_v4.hpp>
#include <utility>

#include "graders/dsl/net/wire.h"
#include "graders/stage1-sockets/frames.h"

namespace octet::sockets {
namespace {

using MakeServer = std::function<std::unique_ptr<Server>(asio::io_context&, Endpoint)>;

grading::StartServer start(MakeServer make) {
  return [make = std::move(make)](asio::io_context& io) {
    const std::shared_ptr<Server> server = make(io, Endpoint(asio::ip::address_v4::loopback(), 0));
    return grading::HostedServer{
        .server = server, .port = server->port(), .stop = [raw = server.get()] { raw->stop(); }};
  };
}

}  // namespace

grading::StartServer echo_server(EchoConfig config) {
  return start(
      [config](asio::io_context& io, Endpoint at) { return make_echo_server(io, at, config); });
}

grading::StartServer kv_server(KvConfig config) {
  return start(
      [config](asio::io_context& io, Endpoint at) { return make_kv_server(io, at, config); });
}

grading::StartServer chat_server(ChatConfig config) {
  return start(
      [config](asio::io_context& io, Endpoint at) { return make_chat_server(io, at, config); });
}

void expect_served(grading::ServerProcess& server, const std::string& name) {
  grading::Wire wire(server, {.name = name});
  wire.send(frame("is anybody there?"));
  wire.expect(frame("is anybody there?"));
}

}  // namespace octet::sockets

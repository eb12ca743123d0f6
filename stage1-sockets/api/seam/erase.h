#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <utility>

#include "stage1-sockets/api/solution.h"

namespace octet::sockets {

/// What this stage's servers have in common.
template <class S>
concept IsServer = requires(S server, const S& running) {
  { running.port() } -> std::convertible_to<std::uint16_t>;
  server.stop();
};

template <IsServer S>
class ErasedServer final : public Server {
 public:
  template <class... Args>
  explicit ErasedServer(Args&&... args) : server_(std::forward<Args>(args)...) {}
  std::uint16_t port() const override { return server_.port(); }
  void stop() override { server_.stop(); }

 private:
  S server_;
};

}  // namespace octet::sockets

#include "client.h"
#include "backoff.h"
#include "stage1-sockets/api/solution.h"

namespace octet::sockets {
namespace {

class ErasedClient final : public AnyClient {
 public:
  ErasedClient(asio::io_context& io, Endpoint server, ClientConfig config)
      : client_(io, server, config) {}
  void request(std::string body, Clock::duration timeout, ReplyHandler done) override {
    client_.request(std::move(body), timeout, std::move(done));
  }
  void close() override { client_.close(); }

 private:
  Client client_;
};

class ErasedBackoff final : public AnyBackoff {
 public:
  ErasedBackoff(BackoffConfig config, std::uint64_t seed) : backoff_(config, seed) {}
  DelayRange range(std::uint64_t attempt) const override { return backoff_.range(attempt); }
  Clock::duration next_delay() override { return backoff_.next_delay(); }
  void reset() override { backoff_.reset(); }

 private:
  Backoff backoff_;
};

}  // namespace

std::unique_ptr<AnyClient> make_client(asio::io_context& io, Endpoint server, ClientConfig config) {
  return std::make_unique<ErasedClient>(io, server, config);
}

std::unique_ptr<AnyBackoff> make_backoff(BackoffConfig config, std::uint64_t seed) {
  return std::make_unique<ErasedBackoff>(config, seed);
}

}  // namespace octet::sockets

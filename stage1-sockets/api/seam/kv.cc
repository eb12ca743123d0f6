#include "commands.h"
#include "keyspace.h"
#include "kv_server.h"
#include "resp_codec.h"
#include "stage1-sockets/api/seam/erase.h"

namespace octet::sockets {
namespace {

class ErasedDecoder final : public AnyRespDecoder {
 public:
  explicit ErasedDecoder(RespLimits limits) : decoder_(limits) {}
  void feed(std::string_view bytes) override { decoder_.feed(bytes); }
  std::optional<RespValue> next() override { return decoder_.next(); }
  std::optional<std::string> error() const override { return decoder_.error(); }

 private:
  RespDecoder decoder_;
};

class ErasedStore final : public AnyStore {
 public:
  RespValue execute(const std::vector<std::string>& command, Clock::time_point now) override {
    const std::vector<std::string_view> words(command.begin(), command.end());
    return sockets::execute(keys_, words, now);
  }

 private:
  Keyspace keys_;
};

}  // namespace

std::unique_ptr<Server> make_kv_server(asio::io_context& io, Endpoint at, KvConfig config) {
  return std::make_unique<ErasedServer<KvServer>>(io, at, config);
}

std::unique_ptr<AnyRespDecoder> make_resp_decoder(RespLimits limits) {
  return std::make_unique<ErasedDecoder>(limits);
}

std::string encode_resp(const RespValue& value) {
  std::string out;
  append_resp(out, value);
  return out;
}

std::unique_ptr<AnyStore> make_store() {
  return std::make_unique<ErasedStore>();
}

}  // namespace octet::sockets

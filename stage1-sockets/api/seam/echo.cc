#include "echo_server.h"
#include "frame_codec.h"
#include "stage1-sockets/api/seam/erase.h"

namespace octet::sockets {
namespace {

class Erased final : public AnyFrameDecoder {
 public:
  explicit Erased(std::uint32_t max_payload) : decoder_(max_payload) {}
  void feed(std::string_view bytes) override { decoder_.feed(bytes); }
  std::optional<std::string> next() override { return decoder_.next(); }
  bool too_long() const override { return decoder_.too_long(); }

 private:
  FrameDecoder decoder_;
};

}  // namespace

std::unique_ptr<Server> make_echo_server(asio::io_context& io, Endpoint at, EchoConfig config) {
  return std::make_unique<ErasedServer<EchoServer>>(io, at, config);
}

std::unique_ptr<AnyFrameDecoder> make_frame_decoder(std::uint32_t max_payload) {
  return std::make_unique<Erased>(max_payload);
}

std::string encode_frame(std::string_view payload) {
  std::string out;
  append_frame(out, payload);
  return out;
}

}  // namespace octet::sockets

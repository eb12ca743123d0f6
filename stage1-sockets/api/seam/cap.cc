#include "register.h"
#include "stage1-sockets/api/solution.h"

namespace octet::sockets {
namespace {

class Erased final : public AnyRegister {
 public:
  explicit Erased(RegisterConfig config) : register_(config) {}
  void read(RequestId request, RegisterEffects& effects) override {
    register_.read(request, effects);
  }
  void write(RequestId request, std::string value, RegisterEffects& effects) override {
    register_.write(request, std::move(value), effects);
  }
  void receive(const PeerMessage& message, RegisterEffects& effects) override {
    register_.receive(message, effects);
  }
  void peer_is_silent(RequestId request, RegisterEffects& effects) override {
    register_.peer_is_silent(request, effects);
  }
  void exchange(RegisterEffects& effects) override { register_.exchange(effects); }

 private:
  Register register_;
};

}  // namespace

std::unique_ptr<AnyRegister> make_register(RegisterConfig config) {
  return std::make_unique<Erased>(config);
}

}  // namespace octet::sockets

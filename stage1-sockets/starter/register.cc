#include "register.h"

#include "runtime/check.h"

namespace octet::sockets {

Register::Register(RegisterConfig config) {}

void Register::read(RequestId request, RegisterEffects& effects) {
  YOUR_CODE_HERE;
}

void Register::write(RequestId request, std::string value, RegisterEffects& effects) {
  YOUR_CODE_HERE;
}

void Register::receive(const PeerMessage& message, RegisterEffects& effects) {
  YOUR_CODE_HERE;
}

void Register::peer_is_silent(RequestId request, RegisterEffects& effects) {
  YOUR_CODE_HERE;
}

void Register::exchange(RegisterEffects& effects) {
  YOUR_CODE_HERE;
}

}  // namespace octet::sockets

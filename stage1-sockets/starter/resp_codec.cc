#include "resp_codec.h"

#include "runtime/check.h"

namespace octet::sockets {

void append_resp(std::string& out, const RespValue& value) {
  YOUR_CODE_HERE;
}

RespDecoder::RespDecoder(RespLimits limits) {
  YOUR_CODE_HERE;
}

void RespDecoder::feed(std::string_view bytes) {
  YOUR_CODE_HERE;
}

std::optional<RespValue> RespDecoder::next() {
  YOUR_CODE_HERE;
}

std::optional<std::string> RespDecoder::error() const {
  YOUR_CODE_HERE;
}

}  // namespace octet::sockets

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stage1-sockets/api/resp.h"

/// RESP values to bytes and bytes to RESP values, as api/resp.h lists them. No sockets here.
namespace octet::sockets {

/// Appends one value to `out`.
void append_resp(std::string& out, const RespValue& value);

/// Cuts RESP values out of a stream of bytes, wherever TCP cut it: feed() what a read gave, then
/// take values with next() until there is none.
///
/// The work is linear in the bytes fed, however small the pieces are.
class RespDecoder {
 public:
  explicit RespDecoder(RespLimits limits);

  /// Adds the bytes that follow those fed before. Ignored after an error.
  void feed(std::string_view bytes);

  /// The next complete value, or nothing until more bytes are fed, or ever after an error.
  std::optional<RespValue> next();

  /// What is wrong with the stream, once next() has come to it: it cannot be read on from there.
  /// The values before have been handed out by then.
  std::optional<std::string> error() const;

 private:
  // Your members. What has to be remembered when a value is only half there?
};

}  // namespace octet::sockets

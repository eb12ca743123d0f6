#pragma once

#include <exception>

namespace octet::tcp {

/// For asio::co_spawn. An exception that ends a coroutine is a bug of ours or of the node's: it
/// ends the process, with its message.
inline void rethrow(std::exception_ptr error) {
  if (error) std::rethrow_exception(error);
}

}  // namespace octet::tcp

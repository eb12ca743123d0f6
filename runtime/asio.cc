// The one place where Asio's non-template code is compiled.
#include <asio/impl/src.hpp>

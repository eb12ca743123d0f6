#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

/// RESP2, the protocol that Redis clients speak.
///
///     +OK\r\n                      simple string        -ERR no such\r\n   error
///     :-7\r\n                      integer              $5\r\nhello\r\n    bulk string, any bytes
///     $-1\r\n                      null bulk string     *-1\r\n            null array
///     *2\r\n$3\r\nGET\r\n$1\r\nk\r\n   array; this one is the command GET k
namespace octet::sockets {

/// One RESP value, sent or received.
struct RespValue {
  enum class Kind { simple, error, integer, bulk, null_bulk, array, null_array };

  Kind kind = Kind::null_bulk;
  std::string text;              // simple, error, bulk
  std::int64_t integer = 0;      // integer
  std::vector<RespValue> items;  // array

  static RespValue make_simple(std::string text) { return {Kind::simple, std::move(text), 0, {}}; }
  static RespValue make_error(std::string text) { return {Kind::error, std::move(text), 0, {}}; }
  static RespValue make_integer(std::int64_t value) { return {Kind::integer, {}, value, {}}; }
  static RespValue make_bulk(std::string text) { return {Kind::bulk, std::move(text), 0, {}}; }
  static RespValue make_null_bulk() { return {Kind::null_bulk, {}, 0, {}}; }
  static RespValue make_array(std::vector<RespValue> items) {
    return {Kind::array, {}, 0, std::move(items)};
  }
  static RespValue make_null_array() { return {Kind::null_array, {}, 0, {}}; }

  bool operator==(const RespValue&) const = default;
};

/// What a decoder accepts; anything above is a protocol error, noticed before memory is taken.
struct RespLimits {
  std::size_t max_bulk = 8 << 20;     // bytes in one bulk string
  std::size_t max_items = 1 << 20;    // elements in one array
  std::size_t max_line = 64 << 10;    // bytes in a line: a simple string, an error, a number
  std::size_t max_depth = 8;          // arrays inside arrays
  std::size_t max_value = 256 << 20;  // bytes of memory for one value with all that is in it
};

struct KvConfig {
  RespLimits limits = {};
};

}  // namespace octet::sockets

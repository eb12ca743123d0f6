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
/// Every byte is looked at once, however small the pieces are.
class RespDecoder {
 public:
  /// Whether a line that starts with a letter is taken for an array of its words, so that people
  /// can type commands: "GET k" is {"GET", "k"}. An empty line is an empty array then.
  enum class Inline { refused, accepted };

  explicit RespDecoder(RespLimits limits, Inline inline_commands = Inline::refused);

  /// Adds the bytes that follow those fed before. Ignored after an error.
  void feed(std::string_view bytes);

  /// The next complete value, or nothing until more bytes are fed, or ever after an error.
  std::optional<RespValue> next();

  /// What is wrong with the stream, once next() has come to it: it cannot be read on from there.
  /// The values before have been handed out by then.
  std::optional<std::string> error() const;

 private:
  struct Element {
    RespValue value;
    std::size_t announced = 0;  // items that follow, when it is an array
  };
  struct OpenArray {
    RespValue array;
    std::size_t size;
  };

  std::optional<Element> next_element();
  std::optional<Element> begin_bulk(std::string_view size);
  std::optional<Element> take_bulk();
  std::optional<Element> begin_array(std::string_view size);
  std::optional<std::string_view> take_line();
  bool may_start_with(char first) const;
  std::optional<Element> split_words(std::string_view line);
  std::optional<RespValue> place(RespValue value);
  std::nullopt_t wait_for_bytes();
  std::nullopt_t fail(std::string what);

  RespLimits limits_;
  Inline inline_;
  std::string buffer_;
  std::size_t taken_ = 0;            // bytes of buffer_ that are dealt with
  std::size_t searched_ = 0;         // bytes after those that hold no end of line
  std::optional<std::size_t> bulk_;  // length of the bulk string that comes next
  std::vector<OpenArray> open_;      // arrays that lack items, outermost first
  std::size_t memory_ = 0;           // bytes that open_ takes
  std::optional<std::string> error_;
};

}  // namespace octet::sockets

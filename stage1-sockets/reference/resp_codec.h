#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "stage1-sockets/api/resp.h"

/// RESP values to bytes and bytes to RESP values, as api/resp.h lists them. No sockets here.
namespace octet::sockets {

/// Appends one value to `out`.
void append_resp(std::string& out, const RespValue& value);

/// What a stream of RESP consists of: a value, or the header of an array whose items come next.
struct RespElement {
  char type = 0;            // its first byte, one of + - : $ *
  std::string_view text;    // of + - $
  std::int64_t number = 0;  // of : and of * (how many items); -1 when $ or * is null
};

/// Finds the elements of a stream, checks each of them, and copies nothing.
class RespScanner {
 public:
  explicit RespScanner(RespLimits limits);

  void feed(std::string_view bytes);

  /// The next complete element. Its text is valid until the next call of feed() or release().
  std::optional<RespElement> next();

  /// The next line without its end, LF or CR LF, likewise.
  std::optional<std::string_view> next_line();

  /// The first byte of the next element, if it is there.
  std::optional<char> peek() const;

  /// Gives memory back when all bytes are used: a connection that waits for its peer needs none.
  void release();

  /// The stream cannot be read on from here.
  std::nullopt_t fail(std::string_view what);
  std::optional<std::string> error() const;

 private:
  std::optional<RespElement> begin_bulk(std::optional<std::int64_t> size);
  std::optional<RespElement> take_bulk();
  std::optional<std::string_view> take_line();

  RespLimits limits_;
  std::string buffer_;
  std::size_t taken_ = 0;            // bytes of buffer_ that are dealt with
  std::size_t searched_ = 0;         // bytes after those that hold no end of line
  std::optional<std::size_t> bulk_;  // length of the bulk string that comes next
  std::optional<std::string> error_;
};

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
  struct OpenArray {
    RespValue array;
    std::size_t size;
  };

  std::optional<RespValue> place(RespValue value);

  RespScanner scanner_;
  RespLimits limits_;
  std::vector<OpenArray> open_;  // arrays that lack items, outermost first
  std::size_t memory_ = 0;       // bytes that open_ takes
};

/// Cuts commands out of a stream: arrays of bulk strings, and lines that people type, such as
/// "GET k". Anything else is an error.
///
/// A RespDecoder could do this. But making values of commands only to take them apart again was
/// half of a server's work, so the words of a command stay where they are.
class CommandDecoder {
 public:
  explicit CommandDecoder(RespLimits limits);

  /// Adds the bytes that follow those fed before. Ignored after an error.
  void feed(std::string_view bytes);

  /// The words of the next command, or nothing as in RespDecoder. Valid until the next call of
  /// next() or feed(). There may be no words: an empty array is allowed, and an empty line.
  std::optional<std::span<const std::string_view>> next();

  std::optional<std::string> error() const;

 private:
  std::optional<std::span<const std::string_view>> next_typed();
  std::nullopt_t wait_for_bytes();

  RespScanner scanner_;
  RespLimits limits_;
  std::vector<std::string_view> words_;
  std::list<std::string> kept_;  // the first of words_, of a command that is not all here
  std::size_t missing_ = 0;      // words
  std::size_t memory_ = 0;       // bytes of the command
};

}  // namespace octet::sockets

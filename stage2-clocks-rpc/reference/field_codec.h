#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "stage2-clocks-rpc/api/fields.h"

/// Messages to bytes and bytes to messages, as api/fields.h draws them; api/orders.h shows their
/// use.
namespace octet::fields {

/// Writes the fields of one message, in the order of their tags. Each call throws
/// std::invalid_argument, and writes nothing, when its tag is not above the one before or is none.
class FieldWriter {
 public:
  void number(Tag tag, std::uint64_t value);
  void signed_number(Tag tag, std::int64_t value);
  void bytes(Tag tag, std::string_view value);  // also a message that another writer has finished
  void numbers(Tag tag, std::span<const std::uint64_t> values);
  void blocks(Tag tag, std::span<const std::string> values);

  /// Ends the message and returns all of its bytes. The writer is used up.
  std::string finish();

 private:
  void begin(Tag tag, Kind kind);

  std::string out_;
  Tag last_tag_ = 0;
};

/// Reads the fields of one message, in the order of their tags, and passes over those that nobody
/// asks for. The bytes may come from anybody: whatever they are, nothing is read outside of them,
/// and memory is taken for what is there, not for what is announced.
///
/// Each call gives the field with this tag, or nothing when the message has none. Once the bytes
/// turn out to be malformed, nothing comes any more. A field of another kind than the one that is
/// asked for is malformed, too. Ask for growing tags. Views lead into the bytes.
class FieldReader {
 public:
  explicit FieldReader(std::string_view bytes);

  std::optional<std::uint64_t> number(Tag tag);
  std::optional<std::int64_t> signed_number(Tag tag);
  std::optional<std::string_view> bytes(Tag tag);
  std::optional<std::vector<std::uint64_t>> numbers(Tag tag);
  std::optional<std::vector<std::string_view>> blocks(Tag tag);

  /// Readers of the messages in a field of kind bytes or blocks. When more than max_depth messages
  /// would lie around one, this message is malformed.
  std::optional<FieldReader> message(Tag tag);
  std::vector<FieldReader> messages(Tag tag);  // none when there is no such field

  /// True when this message was well-formed to its end, with all that was passed over, and no bytes
  /// follow. What is in its bytes and blocks is for others to judge.
  bool finish();

 private:
  FieldReader(std::string_view bytes, int depth);

  bool find(Tag tag, Kind kind);
  void read_key();
  void pass_over();
  std::uint64_t read_varint();
  std::string_view read_block();
  std::size_t room_for(std::uint64_t count) const;
  bool may_go_deeper();
  std::uint64_t fail();

  std::string_view rest_;  // what follows the key of the next field
  Tag next_tag_ = 0;       // 0 when the message has ended, or is malformed
  Kind next_kind_ = Kind::number;
  int depth_;  // messages around this one
  bool malformed_ = false;
};

}  // namespace octet::fields

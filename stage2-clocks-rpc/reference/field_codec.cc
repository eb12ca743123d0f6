#include "field_codec.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace octet::fields {
namespace {

constexpr std::uint64_t low_bits = 0x7f;
constexpr std::uint64_t more = 0x80;  // set in all bytes of a varint but the last
constexpr int kind_bits = 2;

void append_varint(std::string& out, std::uint64_t value) {
  for (; value >= more; value >>= 7) out.push_back(static_cast<char>((value & low_bits) | more));
  out.push_back(static_cast<char>(value));
}

void append_block(std::string& out, std::string_view bytes) {
  append_varint(out, bytes.size());
  out.append(bytes);
}

/// Small numbers of either sign become small numbers: the sign moves into the lowest bit.
std::uint64_t zigzag(std::int64_t value) {
  return static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63);
}

std::int64_t unzigzag(std::uint64_t value) {
  return static_cast<std::int64_t>(value >> 1 ^ (~(value & 1) + 1));
}

}  // namespace

void FieldWriter::number(Tag tag, std::uint64_t value) {
  begin(tag, Kind::number);
  append_varint(out_, value);
}

void FieldWriter::signed_number(Tag tag, std::int64_t value) {
  number(tag, zigzag(value));
}

void FieldWriter::bytes(Tag tag, std::string_view value) {
  begin(tag, Kind::bytes);
  append_block(out_, value);
}

void FieldWriter::numbers(Tag tag, std::span<const std::uint64_t> values) {
  begin(tag, Kind::numbers);
  append_varint(out_, values.size());
  for (const std::uint64_t value : values) append_varint(out_, value);
}

void FieldWriter::blocks(Tag tag, std::span<const std::string> values) {
  begin(tag, Kind::blocks);
  append_varint(out_, values.size());
  for (const std::string& value : values) append_block(out_, value);
}

std::string FieldWriter::finish() {
  out_.push_back('\0');
  return std::move(out_);
}

void FieldWriter::begin(Tag tag, Kind kind) {
  if (tag <= last_tag_ || tag > max_tag) {
    throw std::invalid_argument("tag " + std::to_string(tag) + " cannot follow tag " +
                                std::to_string(last_tag_));
  }
  last_tag_ = tag;
  append_varint(out_,
                static_cast<std::uint64_t>(tag) << kind_bits | static_cast<std::uint64_t>(kind));
}

FieldReader::FieldReader(std::string_view bytes) : FieldReader(bytes, 0) {}

FieldReader::FieldReader(std::string_view bytes, int depth) : rest_(bytes), depth_(depth) {
  read_key();
}

std::optional<std::uint64_t> FieldReader::number(Tag tag) {
  if (!find(tag, Kind::number)) return std::nullopt;
  const std::uint64_t value = read_varint();
  if (malformed_) return std::nullopt;
  read_key();
  return value;
}

std::optional<std::int64_t> FieldReader::signed_number(Tag tag) {
  const auto value = number(tag);
  return value ? std::optional(unzigzag(*value)) : std::nullopt;
}

std::optional<std::string_view> FieldReader::bytes(Tag tag) {
  if (!find(tag, Kind::bytes)) return std::nullopt;
  const std::string_view value = read_block();
  if (malformed_) return std::nullopt;
  read_key();
  return value;
}

std::optional<std::vector<std::uint64_t>> FieldReader::numbers(Tag tag) {
  if (!find(tag, Kind::numbers)) return std::nullopt;
  const std::uint64_t count = read_varint();
  std::vector<std::uint64_t> values;
  values.reserve(room_for(count));
  while (values.size() < count && !malformed_) values.push_back(read_varint());
  if (malformed_) return std::nullopt;
  read_key();
  return values;
}

std::optional<std::vector<std::string_view>> FieldReader::blocks(Tag tag) {
  if (!find(tag, Kind::blocks)) return std::nullopt;
  const std::uint64_t count = read_varint();
  std::vector<std::string_view> values;
  values.reserve(room_for(count));
  while (values.size() < count && !malformed_) values.push_back(read_block());
  if (malformed_) return std::nullopt;
  read_key();
  return values;
}

std::optional<FieldReader> FieldReader::message(Tag tag) {
  const auto inner = bytes(tag);
  if (!inner || !may_go_deeper()) return std::nullopt;
  return FieldReader(*inner, depth_ + 1);
}

std::vector<FieldReader> FieldReader::messages(Tag tag) {
  std::vector<FieldReader> readers;
  const auto inner = blocks(tag);
  if (!inner || inner->empty() || !may_go_deeper()) return readers;
  readers.reserve(inner->size());
  for (const std::string_view bytes : *inner) readers.push_back(FieldReader(bytes, depth_ + 1));
  return readers;
}

bool FieldReader::finish() {
  while (next_tag_ != 0) pass_over();
  return !malformed_;
}

/// Whether the next field has this tag, after those with smaller ones.
bool FieldReader::find(Tag tag, Kind kind) {
  while (next_tag_ != 0 && next_tag_ < tag) pass_over();
  if (next_tag_ != tag || tag == 0) return false;
  if (next_kind_ != kind) fail();
  return !malformed_;
}

void FieldReader::read_key() {
  const std::uint64_t key = read_varint();
  const std::uint64_t tag = key >> kind_bits;
  if (key == 0 && !malformed_) {
    next_tag_ = 0;
    if (!rest_.empty()) fail();
  } else if (tag <= next_tag_ || tag > max_tag) {
    fail();  // also a tag that came before: one message would have two forms
  } else {
    next_tag_ = static_cast<Tag>(tag);
    next_kind_ = static_cast<Kind>(key & ((1 << kind_bits) - 1));
  }
}

/// A field that nobody asked for is checked like all others.
void FieldReader::pass_over() {
  const bool is_list = next_kind_ == Kind::numbers || next_kind_ == Kind::blocks;
  const bool is_number = next_kind_ == Kind::number || next_kind_ == Kind::numbers;
  const std::uint64_t count = is_list ? read_varint() : 1;
  for (std::uint64_t i = 0; i < count && !malformed_; ++i) {
    is_number ? void(read_varint()) : void(read_block());
  }
  if (!malformed_) read_key();
}

std::uint64_t FieldReader::read_varint() {
  std::uint64_t value = 0;
  for (int shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
    const std::uint64_t byte = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    value |= (byte & low_bits) << shift;
    if (byte >= more) continue;
    const bool could_be_left_out = byte == 0 && shift > 0;
    const bool has_65_bits = shift == 63 && byte > 1;
    return could_be_left_out || has_65_bits ? fail() : value;
  }
  return fail();
}

std::string_view FieldReader::read_block() {
  const std::uint64_t size = read_varint();
  if (size > rest_.size()) fail();
  if (malformed_) return {};
  const std::string_view block = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return block;
}

/// Each item takes a byte at least: more of them than bytes are left cannot come.
std::size_t FieldReader::room_for(std::uint64_t count) const {
  return static_cast<std::size_t>(std::min<std::uint64_t>(count, rest_.size()));
}

/// A reader of messages in messages calls itself; without a limit a few bytes could use up its
/// stack.
bool FieldReader::may_go_deeper() {
  if (depth_ == max_depth) fail();
  return !malformed_;
}

std::uint64_t FieldReader::fail() {
  malformed_ = true;
  next_tag_ = 0;
  rest_ = {};
  return 0;
}

}  // namespace octet::fields

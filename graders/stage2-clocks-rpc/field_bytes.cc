#include "graders/stage2-clocks-rpc/field_bytes.h"

#include <fmt/format.h>

#include <array>

namespace octet::grading {
namespace {

using fields::Kind;

bool is_list(Kind kind) {
  return kind == Kind::numbers || kind == Kind::blocks;
}

bool has_numbers(Kind kind) {
  return kind == Kind::number || kind == Kind::numbers;
}

/// Reads by position; every step is checked against the end.
class Parser {
 public:
  explicit Parser(std::string_view bytes) : bytes_(bytes) {}

  bool at_end() const { return at_ == bytes_.size(); }

  std::optional<std::uint64_t> next_varint() {
    std::size_t size = 0;
    do {
      if (at_ + size == bytes_.size()) return std::nullopt;
    } while (static_cast<unsigned char>(bytes_[at_ + size++]) >= 0x80);
    std::uint64_t value = 0;
    for (std::size_t i = size; i-- > 0;) {
      if (value >> 57 != 0) return std::nullopt;
      value = value << 7 | (static_cast<unsigned char>(bytes_[at_ + i]) & 0x7f);
    }
    // The shortest form is the only one.
    if (varint(value) != bytes_.substr(at_, size)) return std::nullopt;
    at_ += size;
    return value;
  }

  std::optional<std::string> next_block() {
    const auto size = next_varint();
    if (!size || *size > bytes_.size() - at_) return std::nullopt;
    at_ += *size;
    return std::string(bytes_.substr(at_ - *size, *size));
  }

  bool next_content(Field& field) {
    const auto count = is_list(field.kind) ? next_varint() : 1;
    if (!count) return false;
    for (std::uint64_t i = 0; i < *count; ++i) {
      const auto number = has_numbers(field.kind) ? next_varint() : std::nullopt;
      const auto block = has_numbers(field.kind) ? std::nullopt : next_block();
      if (!number && !block) return false;
      if (number) field.numbers.push_back(*number);
      if (block) field.blocks.push_back(*block);
    }
    return true;
  }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
};

std::string random_block(Random& random) {
  std::string block;
  for (std::uint64_t size = random.below(6); size > 0; --size) {
    block += static_cast<char>(random.below(256));
  }
  return block;
}

/// Of any size in bits.
std::uint64_t random_number(Random& random) {
  return random.next() >> random.below(64);
}

}  // namespace

std::string hex(std::string_view bytes) {
  constexpr std::size_t most = 40;
  std::string text;
  for (const char byte : bytes.substr(0, most)) {
    text += fmt::format("{}{:02X}", text.empty() ? "" : " ", static_cast<unsigned char>(byte));
  }
  return bytes.size() <= most ? text : fmt::format("{} ... ({} bytes)", text, bytes.size());
}

std::string from_hex(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < text.size(); i += 3) {
    bytes += static_cast<char>(std::stoi(std::string(text.substr(i, 2)), nullptr, 16));
  }
  return bytes;
}

std::string text(const Field& field) {
  static constexpr std::array names = {"number", "bytes", "numbers", "blocks"};
  std::string shown =
      fmt::format("tag {} {}", field.tag, names[static_cast<std::size_t>(field.kind)]);
  for (const std::uint64_t number : field.numbers) shown += fmt::format(" {}", number);
  for (const std::string& block : field.blocks) shown += fmt::format(" \"{}\"", hex(block));
  return shown;
}

std::string text(const Fields& fields) {
  std::string shown;
  for (const Field& field : fields) shown += (shown.empty() ? "" : ", ") + text(field);
  return "[" + shown + "]";
}

std::string varint(std::uint64_t value) {
  std::string bytes(1, static_cast<char>(value & 0x7f));
  while ((value >>= 7) != 0) {
    bytes.back() = static_cast<char>(static_cast<unsigned char>(bytes.back()) | 0x80U);
    bytes += static_cast<char>(value & 0x7f);
  }
  return bytes;
}

std::string key(fields::Tag tag, Kind kind) {
  return varint(std::uint64_t{tag} * 4 + static_cast<std::uint64_t>(kind));
}

std::string bytes_of(const Fields& fields) {
  std::string bytes;
  for (const Field& field : fields) {
    bytes += key(field.tag, field.kind);
    if (is_list(field.kind)) bytes += varint(field.numbers.size() + field.blocks.size());
    for (const std::uint64_t number : field.numbers) bytes += varint(number);
    for (const std::string& block : field.blocks) bytes += varint(block.size()) + block;
  }
  return bytes + '\0';
}

std::optional<Fields> parse(std::string_view bytes, Fields* before) {
  Parser parser(bytes);
  Fields fields;
  while (const auto next = parser.next_varint()) {
    if (*next == 0) return parser.at_end() ? std::optional(fields) : std::nullopt;
    const std::uint64_t tag = *next / 4;
    const fields::Tag last = fields.empty() ? 0 : fields.back().tag;
    if (tag <= last || tag > fields::max_tag) return std::nullopt;
    Field field{static_cast<fields::Tag>(tag), static_cast<Kind>(*next % 4)};
    if (!parser.next_content(field)) return std::nullopt;
    fields.push_back(std::move(field));
    if (before != nullptr) *before = fields;
  }
  return std::nullopt;
}

Fields random_fields(Random& random) {
  Fields fields;
  std::uint64_t tag = 0;
  for (std::uint64_t count = random.below(5); count > 0; --count) {
    tag += 1 + random.below(20);
    Field field{static_cast<fields::Tag>(tag), static_cast<Kind>(random.below(4))};
    for (std::uint64_t i = is_list(field.kind) ? random.below(4) : 1; i > 0; --i) {
      if (has_numbers(field.kind)) {
        field.numbers.push_back(random_number(random));
      } else {
        field.blocks.push_back(random_block(random));
      }
    }
    fields.push_back(std::move(field));
  }
  return fields;
}

}  // namespace octet::grading

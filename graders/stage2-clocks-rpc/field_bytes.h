#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graders/dsl/random.h"
#include "stage2-clocks-rpc/api/fields.h"

/// The bytes of fields, as api/fields.h defines them, written and read without any solution.
namespace octet::grading {

/// "AC 02"; of many bytes only the first.
std::string hex(std::string_view bytes);
std::string from_hex(std::string_view text);

/// One field. Numbers have one entry of `numbers`, bytes one of `blocks`.
struct Field {
  fields::Tag tag = 0;
  fields::Kind kind = fields::Kind::number;
  std::vector<std::uint64_t> numbers = {};
  std::vector<std::string> blocks = {};
  bool operator==(const Field&) const = default;
};
using Fields = std::vector<Field>;

/// "tag 3: bytes "tea""
std::string text(const Field& field);
std::string text(const Fields& fields);

std::string varint(std::uint64_t value);
std::string key(fields::Tag tag, fields::Kind kind);
std::string bytes_of(const Fields& fields);

/// What bytes mean, or nothing when they are malformed. `before` gets the fields that are complete
/// before that point.
std::optional<Fields> parse(std::string_view bytes, Fields* before = nullptr);

Fields random_fields(Random& random);

}  // namespace octet::grading

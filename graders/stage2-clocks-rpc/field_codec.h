#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graders/stage2-clocks-rpc/field_bytes.h"
#include "stage2-clocks-rpc/api/solution.h"

namespace octet::grading {

/// A solution's FieldWriter and FieldReader as values, as api/orders.h needs them.
class Writer {
 public:
  void number(fields::Tag tag, std::uint64_t value) { writer_->number(tag, value); }
  void signed_number(fields::Tag tag, std::int64_t value) { writer_->signed_number(tag, value); }
  void bytes(fields::Tag tag, std::string_view value) { writer_->bytes(tag, value); }
  void numbers(fields::Tag tag, std::span<const std::uint64_t> values) {
    writer_->numbers(tag, values);
  }
  void blocks(fields::Tag tag, std::span<const std::string> values) {
    writer_->blocks(tag, values);
  }
  std::string finish() { return writer_->finish(); }

 private:
  std::unique_ptr<fields::AnyFieldWriter> writer_ = fields::make_field_writer();
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : reader_(fields::make_field_reader(bytes)) {}
  explicit Reader(std::unique_ptr<fields::AnyFieldReader> reader) : reader_(std::move(reader)) {}

  auto number(fields::Tag tag) { return reader_->number(tag); }
  auto signed_number(fields::Tag tag) { return reader_->signed_number(tag); }
  auto bytes(fields::Tag tag) { return reader_->bytes(tag); }
  auto numbers(fields::Tag tag) { return reader_->numbers(tag); }
  auto blocks(fields::Tag tag) { return reader_->blocks(tag); }
  std::optional<Reader> message(fields::Tag tag);
  std::vector<Reader> messages(fields::Tag tag);
  bool finish() { return reader_->finish(); }

 private:
  std::unique_ptr<fields::AnyFieldReader> reader_;
};

/// The bytes that a solution writes for these fields.
std::string written(const Fields& fields);

/// Those of `wanted` that a solution finds in the bytes, each with its content, and whether the
/// bytes were well-formed. The bytes lie in memory of exactly their size.
struct Found {
  Fields fields;
  bool well_formed = false;
};
Found found(std::string_view bytes, const Fields& wanted);

/// Fails the test unless a solution refuses these bytes, whether it is asked for the fields before
/// what is wrong or passes over them.
void expect_malformed(std::string_view bytes, std::string_view why);

}  // namespace octet::grading

#include "field_codec.h"

#include "runtime/check.h"

namespace octet::fields {

void FieldWriter::number(Tag tag, std::uint64_t value) {
  YOUR_CODE_HERE;
}

void FieldWriter::signed_number(Tag tag, std::int64_t value) {
  YOUR_CODE_HERE;
}

void FieldWriter::bytes(Tag tag, std::string_view value) {
  YOUR_CODE_HERE;
}

void FieldWriter::numbers(Tag tag, std::span<const std::uint64_t> values) {
  YOUR_CODE_HERE;
}

void FieldWriter::blocks(Tag tag, std::span<const std::string> values) {
  YOUR_CODE_HERE;
}

std::string FieldWriter::finish() {
  YOUR_CODE_HERE;
}

FieldReader::FieldReader(std::string_view bytes) {
  YOUR_CODE_HERE;
}

std::optional<std::uint64_t> FieldReader::number(Tag tag) {
  YOUR_CODE_HERE;
}

std::optional<std::int64_t> FieldReader::signed_number(Tag tag) {
  YOUR_CODE_HERE;
}

std::optional<std::string_view> FieldReader::bytes(Tag tag) {
  YOUR_CODE_HERE;
}

std::optional<std::vector<std::uint64_t>> FieldReader::numbers(Tag tag) {
  YOUR_CODE_HERE;
}

std::optional<std::vector<std::string_view>> FieldReader::blocks(Tag tag) {
  YOUR_CODE_HERE;
}

std::optional<FieldReader> FieldReader::message(Tag tag) {
  YOUR_CODE_HERE;
}

std::vector<FieldReader> FieldReader::messages(Tag tag) {
  YOUR_CODE_HERE;
}

bool FieldReader::finish() {
  YOUR_CODE_HERE;
}

}  // namespace octet::fields

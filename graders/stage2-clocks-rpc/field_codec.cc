#include "graders/stage2-clocks-rpc/field_codec.h"

#include <fmt/format.h>

#include <algorithm>

#include "graders/dsl/graded_test.h"

namespace octet::grading {
namespace {

using fields::Kind;

void put(Field& field, std::uint64_t number) {
  field.numbers = {number};
}
void put(Field& field, const std::vector<std::uint64_t>& numbers) {
  field.numbers = numbers;
}
void put(Field& field, std::string_view block) {
  field.blocks.emplace_back(block);
}
void put(Field& field, const std::vector<std::string_view>& blocks) {
  field.blocks.assign(blocks.begin(), blocks.end());
}

template <class Content>
void add(Fields& found, const Field& wanted, const std::optional<Content>& content) {
  if (content) put(found.emplace_back(Field{wanted.tag, wanted.kind}), *content);
}

void read(Reader& reader, const Field& wanted, Fields& found) {
  switch (wanted.kind) {
    case Kind::number:
      return add(found, wanted, reader.number(wanted.tag));
    case Kind::bytes:
      return add(found, wanted, reader.bytes(wanted.tag));
    case Kind::numbers:
      return add(found, wanted, reader.numbers(wanted.tag));
    case Kind::blocks:
      return add(found, wanted, reader.blocks(wanted.tag));
  }
}

/// With the field whose content is broken, so that a reader is asked for it too.
Fields with_next(Fields before, std::string_view bytes) {
  const std::string good = bytes_of(before);
  const std::string_view rest = bytes.substr(std::min(good.size() - 1, bytes.size()));
  if (rest.empty() || static_cast<unsigned char>(rest[0]) >= 0x80) return before;
  const int next = static_cast<unsigned char>(rest[0]);
  const auto tag = static_cast<fields::Tag>(next / 4);
  const fields::Tag last = before.empty() ? 0 : before.back().tag;
  if (tag > last) before.push_back({tag, static_cast<Kind>(next % 4)});
  return before;
}

}  // namespace

std::optional<Reader> Reader::message(fields::Tag tag) {
  auto inner = reader_->message(tag);
  return inner ? std::optional(Reader(std::move(inner))) : std::nullopt;
}

std::vector<Reader> Reader::messages(fields::Tag tag) {
  std::vector<Reader> readers;
  for (auto& inner : reader_->messages(tag)) readers.emplace_back(std::move(inner));
  return readers;
}

std::string written(const Fields& fields) {
  Writer writer;
  for (const Field& field : fields) {
    switch (field.kind) {
      case Kind::number:
        writer.number(field.tag, field.numbers[0]);
        break;
      case Kind::bytes:
        writer.bytes(field.tag, field.blocks[0]);
        break;
      case Kind::numbers:
        writer.numbers(field.tag, field.numbers);
        break;
      case Kind::blocks:
        writer.blocks(field.tag, field.blocks);
        break;
    }
  }
  return writer.finish();
}

Found found(std::string_view bytes, const Fields& wanted) {
  const std::vector<char> exactly(bytes.begin(), bytes.end());
  Reader reader(std::string_view(exactly.data(), exactly.size()));
  Found result;
  for (const Field& field : wanted) read(reader, field, result.fields);
  result.well_formed = reader.finish();
  return result;
}

void expect_malformed(std::string_view bytes, std::string_view why) {
  Fields before;
  parse(bytes, &before);
  for (const Fields& wanted : {Fields(), before, with_next(before, bytes)}) {
    const Found got = found(bytes, wanted);
    if (got.well_formed) {
      fail(
          fmt::format("{} is malformed, {}, but a reader that is asked for {} finds it well-formed",
                      hex(bytes), why, text(wanted)));
    }
    for (const Field& field : got.fields) {
      if (std::ranges::find(before, field) != before.end()) continue;
      fail(fmt::format("{} is malformed, {}, but a reader gives {}", hex(bytes), why, text(field)));
    }
  }
}

}  // namespace octet::grading

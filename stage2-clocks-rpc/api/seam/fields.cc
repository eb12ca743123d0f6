#include <utility>

#include "field_codec.h"
#include "stage2-clocks-rpc/api/solution.h"

namespace octet::fields {
namespace {

class ErasedWriter final : public AnyFieldWriter {
 public:
  void number(Tag tag, std::uint64_t value) override { writer_.number(tag, value); }
  void signed_number(Tag tag, std::int64_t value) override { writer_.signed_number(tag, value); }
  void bytes(Tag tag, std::string_view value) override { writer_.bytes(tag, value); }
  void numbers(Tag tag, std::span<const std::uint64_t> values) override {
    writer_.numbers(tag, values);
  }
  void blocks(Tag tag, std::span<const std::string> values) override {
    writer_.blocks(tag, values);
  }
  std::string finish() override { return writer_.finish(); }

 private:
  FieldWriter writer_;
};

class ErasedReader final : public AnyFieldReader {
 public:
  explicit ErasedReader(FieldReader reader) : reader_(std::move(reader)) {}
  std::optional<std::uint64_t> number(Tag tag) override { return reader_.number(tag); }
  std::optional<std::int64_t> signed_number(Tag tag) override { return reader_.signed_number(tag); }
  std::optional<std::string_view> bytes(Tag tag) override { return reader_.bytes(tag); }
  std::optional<std::vector<std::uint64_t>> numbers(Tag tag) override {
    return reader_.numbers(tag);
  }
  std::optional<std::vector<std::string_view>> blocks(Tag tag) override {
    return reader_.blocks(tag);
  }
  std::unique_ptr<AnyFieldReader> message(Tag tag) override {
    auto inner = reader_.message(tag);
    return inner ? std::make_unique<ErasedReader>(std::move(*inner)) : nullptr;
  }
  std::vector<std::unique_ptr<AnyFieldReader>> messages(Tag tag) override {
    std::vector<std::unique_ptr<AnyFieldReader>> readers;
    for (FieldReader& inner : reader_.messages(tag)) {
      readers.push_back(std::make_unique<ErasedReader>(std::move(inner)));
    }
    return readers;
  }
  bool finish() override { return reader_.finish(); }

 private:
  FieldReader reader_;
};

}  // namespace

std::unique_ptr<AnyFieldWriter> make_field_writer() {
  return std::make_unique<ErasedWriter>();
}

std::unique_ptr<AnyFieldReader> make_field_reader(std::string_view bytes) {
  return std::make_unique<ErasedReader>(FieldReader(bytes));
}

}  // namespace octet::fields

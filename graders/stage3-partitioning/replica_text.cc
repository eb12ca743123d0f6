#include "graders/stage3-partitioning/replica_text.h"

#include "graders/dsl/text.h"
#include "runtime/untrusted_text.h"

namespace octet::followers {
namespace {

std::string shown(const std::string& text) {
  return "\"" + grading::shortened(printable(text), 30) + "\"";
}

std::string words(const Put& put) {
  return fmt::format("put {} = {}", shown(put.key), shown(put.value));
}
std::string words(const Add& add) {
  return fmt::format("add {} to {}", add.amount, shown(add.key));
}

}  // namespace

std::string text_of(const Write& write) {
  return std::visit([](const auto& content) { return words(content); }, write);
}

std::string text_of(const Entry& entry, Index index) {
  return fmt::format("{} of epoch {} at index {}",
                     entry.write ? "[" + text_of(*entry.write) + "]" : "an entry without a write",
                     number(entry.epoch), number(index));
}

std::string text_of(Token token) {
  if (token == Token{}) return "the empty token";
  return fmt::format("the token of index {}, epoch {}", number(token.index), number(token.epoch));
}

std::string text_of(const std::optional<std::string>& value) {
  return value ? shown(*value) : "no value";
}

}  // namespace octet::followers

#include "runtime/resp/answers.h"

#include <fmt/format.h>

namespace octet::resp {

std::string simple(std::string_view text) {
  return fmt::format("+{}\r\n", text);
}

std::string bulk(std::string_view text) {
  return fmt::format("${}\r\n{}\r\n", text.size(), text);
}

std::string nil() {
  return "$-1\r\n";
}

std::string integer(std::int64_t number) {
  return fmt::format(":{}\r\n", number);
}

std::string array(const std::vector<std::string>& texts) {
  std::string all = fmt::format("*{}\r\n", texts.size());
  for (const std::string& text : texts) all += bulk(text);
  return all;
}

std::string error(std::string_view text) {
  return fmt::format("-{}\r\n", text);
}

}  // namespace octet::resp

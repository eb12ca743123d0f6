#include "stage3-partitioning/demo/store/commands.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "runtime/resp/answers.h"

namespace octet::store {
namespace {

using resp::Request;

constexpr std::array<std::pair<std::string_view, Level>, 3> levels = {
    {{"eventual", Level::eventual}, {"causal", Level::causal}, {"strong", Level::strong}}};

resp::Wanted<Operation> set(const Request& command) {
  if (command.size() == 3) return Operation(Overwrite{command[1], command[2]});
  if (command.size() == 4 || resp::in_capitals(command[3]) != "CONTEXT") {
    return resp::error("ERR write SET key value, or SET key value CONTEXT c");
  }
  const auto context = bytes_of(command[4]);
  if (!context) return resp::error("ERR a context is what GETC has shown, in hexadecimal digits");
  return Operation(Replace{command[1], command[2], *context});
}

resp::Wanted<Operation> level(const Request& command) {
  if (command.size() == 1) return Operation(TellLevel{});
  const std::string name = resp::in_capitals(command[1]);
  const auto found = std::ranges::find_if(levels, [&](const auto& known) {
    return resp::in_capitals(std::string(known.first)) == name;
  });
  if (found == levels.end()) return resp::error("ERR the levels are eventual, causal and strong");
  return Operation(UseLevel{found->second});
}

const resp::Commands<Operation>& commands() {
  static const resp::Commands<Operation> all(
      "GET, GETC, SET, DEL and LEVEL",
      {{"GET", {2, 2, [](const Request& words) { return Operation(Read{words[1]}); }}},
       {"GETC",
        {2, 2,
         [](const Request& words) {
           return Operation(Read{words[1], true});
         }}},
       {"SET", {3, 5, set}},
       {"DEL",
        {2, 2,
         [](const Request& words) {
           return Operation(Overwrite{words[1], {}});
         }}},
       {"LEVEL", {1, 2, level}}});
  return all;
}

}  // namespace

resp::Wanted<Operation> wanted(const Request& command) {
  return commands().wanted(command);
}

std::string_view name_of(Level level) {
  return std::ranges::find(levels, level, &std::pair<std::string_view, Level>::second)->first;
}

std::string hex_of(std::string_view bytes) {
  std::string hex;
  for (const char byte : bytes) hex += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return hex;
}

std::optional<std::string> bytes_of(std::string_view hex) {
  if (hex.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  for (; !hex.empty(); hex.remove_prefix(2)) {
    unsigned char byte = 0;
    const auto [end, error] = std::from_chars(hex.data(), hex.data() + 2, byte, 16);
    if (error != std::errc() || end != hex.data() + 2) return std::nullopt;
    bytes += static_cast<char>(byte);
  }
  return bytes;
}

std::string answer(const Read& read, const Got& got) {
  std::vector<std::string> shown = got.values;
  if (read.with_context) shown.insert(shown.begin(), hex_of(got.context));
  if (read.with_context || shown.size() > 1) return resp::array(shown);
  return shown.empty() ? resp::nil() : resp::bulk(shown.front());
}

std::string failure(const Output& end) {
  if (std::holds_alternative<Failed>(end)) {
    return resp::error("FAILED it has not taken effect, and never will");
  }
  return resp::error("UNKNOWN not enough copies answered: it may have taken effect, or may yet");
}

}  // namespace octet::store

#include "runtime/resp/commands.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace octet::resp {
namespace {

std::string ping(const Request& command) {
  return command.size() == 1 ? simple("PONG") : bulk(command[1]);
}

/// It would list the commands with their arguments, for the completion of redis-cli.
std::string describe_commands(const Request&) {
  return array({});
}

std::string hello(const Request& command) {
  if (command.size() > 1 && command[1] != "2") return error("NOPROTO only RESP2 is spoken here");
  return fmt::format("*4\r\n{}{}{}{}", bulk("server"), bulk("octet"), bulk("proto"), integer(2));
}

/// What redis-benchmark prints above its figures.
std::string config(const Request& command) {
  if (in_capitals(command[1]) != "GET") return error("ERR nothing can be configured here");
  if (command[2] == "save") return array({"save", ""});
  if (command[2] == "appendonly") return array({"appendonly", "yes"});
  return array({});
}

struct Usual {
  std::size_t least;
  std::size_t most;
  std::function<std::string(const Request&)> answer;
};

const std::map<std::string, Usual>& usual() {
  static const std::map<std::string, Usual> all = {
      {"PING", {1, 2, ping}},
      {"COMMAND", {1, RequestReader::most_words, describe_commands}},
      {"HELLO", {1, 2, hello}},
      {"CONFIG", {3, 3, config}}};
  return all;
}

}  // namespace

std::string in_capitals(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::toupper(c); });
  return text;
}

std::optional<std::string> wrong_size(const Request& command, std::size_t least, std::size_t most) {
  if (command.size() >= least && command.size() <= most) return std::nullopt;
  return error(fmt::format("ERR {} does not take so many arguments; options are not known",
                           in_capitals(command[0])));
}

std::optional<std::string> usual_answer(const Request& command) {
  const auto found = usual().find(in_capitals(command[0]));
  if (found == usual().end()) return std::nullopt;
  const auto& [least, most, answer] = found->second;
  if (auto wrong = wrong_size(command, least, most)) return wrong;
  return answer(command);
}

}  // namespace octet::resp

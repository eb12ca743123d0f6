#include "stage4-raft/demo/gateway/commands.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <functional>
#include <map>

namespace octet::kv::resp {
namespace {

using Words = std::vector<std::string>;

std::string simple(const std::string& text) {
  return fmt::format("+{}\r\n", text);
}

std::string bulk(const std::string& text) {
  return fmt::format("${}\r\n{}\r\n", text.size(), text);
}

std::string array(const Words& texts) {
  std::string all = fmt::format("*{}\r\n", texts.size());
  for (const std::string& text : texts) all += bulk(text);
  return all;
}

std::string in_capitals(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::toupper(c); });
  return text;
}

Wanted ping(const Words& command) {
  return command.size() == 1 ? simple("PONG") : bulk(command[1]);
}

/// It would list the commands with their arguments, for the completion of redis-cli.
Wanted describe_commands(const Words&) {
  return array({});
}

Wanted hello(const Words& command) {
  if (command.size() > 1 && command[1] != "2")
    return error_answer("NOPROTO only RESP2 is spoken here");
  return fmt::format("*4\r\n{}{}{}:2\r\n", bulk("server"), bulk("octet"), bulk("proto"));
}

/// What redis-benchmark prints above its figures.
Wanted config(const Words& command) {
  if (in_capitals(command[1]) != "GET") return error_answer("ERR nothing can be configured here");
  if (command[2] == "save") return array({"save", ""});
  if (command[2] == "appendonly") return array({"appendonly", "yes"});
  return array({});
}

struct Command {
  std::size_t least;  // words, with its name
  std::size_t most;
  std::function<Wanted(const Words&)> want;
};

const std::map<std::string, Command>& commands() {
  constexpr std::size_t any = 100;
  static const std::map<std::string, Command> all = {
      {"GET", {2, 2, [](const Words& command) { return Operation(Get{command[1]}); }}},
      {"SET",
       {3, 3,
        [](const Words& command) {
          return Operation(Put{command[1], command[2]});
        }}},
      {"APPEND",
       {3, 3,
        [](const Words& command) {
          return Operation(Append{command[1], command[2]});
        }}},
      {"CAS",
       {4, 4,
        [](const Words& command) {
          return Operation(Cas{command[1], command[2], command[3]});
        }}},
      {"PING", {1, 2, ping}},
      {"COMMAND", {1, any, describe_commands}},
      {"HELLO", {1, 2, hello}},
      {"CONFIG", {3, 3, config}}};
  return all;
}

struct AnswerOf {
  std::string operator()(const Value& got) const {
    return got.value.empty() ? "$-1\r\n" : bulk(got.value);
  }
  std::string operator()(const Stored&) const { return simple("OK"); }
  std::string operator()(const Swapped& cas) const { return cas.swapped ? ":1\r\n" : ":0\r\n"; }

  std::string operator()(const Done& done) const { return std::visit(AnswerOf(), done.result); }
  std::string operator()(const Failed&) const {
    return error_answer("FAILED it has not taken effect, and never will");
  }
  std::string operator()(const Unknown&) const {
    return error_answer("UNKNOWN no answer came: it may have taken effect, or may yet, or never");
  }
};

}  // namespace

Wanted wanted(const std::vector<std::string>& command) {
  const auto found = commands().find(in_capitals(command[0]));
  if (found == commands().end()) {
    return error_answer("ERR not a command of this store, which has GET, SET, APPEND and CAS");
  }
  const auto& [name, known] = *found;
  if (command.size() < known.least || command.size() > known.most) {
    return error_answer(
        fmt::format("ERR {} does not take so many arguments; options are not known", name));
  }
  return known.want(command);
}

std::string answer(const ClientOutput& end) {
  return std::visit(AnswerOf(), end);
}

std::string error_answer(const std::string& text) {
  return fmt::format("-{}\r\n", text);
}

}  // namespace octet::kv::resp

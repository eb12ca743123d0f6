#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <string>
#include <vector>

#include "tools/verbs/verb.h"

namespace octet::lab {
namespace {

std::string indented(std::string_view text) {
  std::string lines = "  ";
  for (const char character : text) {
    lines += character;
    if (character == '\n') lines += "  ";
  }
  return lines;
}

int show_help() {
  fmt::print("Usage: ./lab [VERB ...]\n\nWithout a verb: where you are and what to do next.\n\n");
  for (const Verb& verb : verbs()) fmt::print("  {:<13} {}\n", verb.name, verb.summary);
  fmt::print("\nMore about one: ./lab VERB --help\n");
  return 0;
}

const Verb& find_verb(std::string_view name) {
  const auto found = std::ranges::find(verbs(), name, &Verb::name);
  if (found != verbs().end()) return *found;
  std::string known;
  for (const Verb& verb : verbs()) known += fmt::format(" {}", verb.name);
  throw UsageError(fmt::format("there is no verb \"{}\"; the verbs are{}", name, known));
}

int run_one(const Verb& verb, std::vector<std::string> arguments) {
  CLI::App options(std::string(verb.summary) + ".", fmt::format("./lab {}", verb.name));
  options.footer("Examples:\n" + indented(verb.example));
  const Action action = verb.define(options, find_project());
  std::ranges::reverse(arguments);  // CLI11 takes them from the back
  try {
    options.parse(std::move(arguments));
  } catch (const CLI::CallForHelp&) {
    fmt::print("{}\n", options.help());
    return 0;
  } catch (const CLI::ParseError& error) {
    throw UsageError(fmt::format("{} (./lab {} --help)", error.what(), verb.name));
  }
  return action();
}

int run_command_line(std::vector<std::string> arguments) {
  if (arguments.empty()) return show_status(find_project());
  if (arguments[0] == "help" && arguments.size() > 1) arguments = {arguments[1], "--help"};
  if (arguments[0] == "help" || arguments[0] == "--help" || arguments[0] == "-h") {
    return show_help();
  }
  const Verb& verb = find_verb(arguments[0]);
  arguments.erase(arguments.begin());
  return run_one(verb, std::move(arguments));
}

}  // namespace
}  // namespace octet::lab

int main(int argc, char** argv) {
  try {
    return octet::lab::run_command_line({argv + 1, argv + argc});
  } catch (const octet::lab::UsageError& error) {
    fmt::print(stderr, "lab: {}\n", error.what());
    return 2;
  } catch (const std::exception& error) {
    fmt::print(stderr, "lab: {}\n", error.what());
    return 1;
  }
}

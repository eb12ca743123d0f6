#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "runtime/resp/answers.h"
#include "runtime/resp/request_reader.h"

namespace octet::resp {

/// What a command asks for: an operation of the store behind the port, or an answer that needs
/// none.
template <class Operation>
using Wanted = std::variant<Operation, std::string>;

std::string in_capitals(std::string text);

/// An error, unless the command has `least` to `most` words, its name among them.
std::optional<std::string> wrong_size(const Request& command, std::size_t least, std::size_t most);

/// The answer to PING, and to what redis-cli and redis-benchmark ask when they begin: COMMAND,
/// HELLO, CONFIG GET. Nothing for other commands.
std::optional<std::string> usual_answer(const Request& command);

/// The commands of a store, by name. Case does not matter. The usual ones it has as well.
template <class Operation>
class Commands {
 public:
  struct Command {
    std::size_t least;  // words, with its name
    std::size_t most;
    std::function<Wanted<Operation>(const Request&)> means;
  };

  /// `names` is how people are told what there is: "GET, SET and DEL".
  Commands(std::string names, std::map<std::string, Command> own)
      : names_(std::move(names)), own_(std::move(own)) {}

  /// `command` has at least its name.
  Wanted<Operation> wanted(const Request& command) const {
    const auto own = own_.find(in_capitals(command.at(0)));
    if (own == own_.end()) {
      return usual_answer(command).value_or(
          error("ERR not a command of this store, which has " + names_));
    }
    const auto& [least, most, means] = own->second;
    if (auto wrong = wrong_size(command, least, most)) return *std::move(wrong);
    return means(command);
  }

 private:
  std::string names_;
  std::map<std::string, Command> own_;
};

}  // namespace octet::resp

#include "tools/cluster/cluster.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace octet::cluster {
namespace {

/// What a person did wrong.
struct Mistake : std::runtime_error {
  using std::runtime_error::runtime_error;
};

std::vector<std::string> words_of(std::string_view line) {
  std::istringstream in{std::string(line)};
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

std::string title(int id) {
  return id == Gateway::id ? fmt::format("the {}", Gateway::name) : fmt::format("node {}", id);
}

}  // namespace

Cluster::Cluster(asio::io_context& io, const Setup& setup, Print print)
    : print_(std::move(print)), nodes_(setup.nodes + setup.spares) {
  for (const int id : ids_of(setup)) {
    const auto tell = [this, name = name_of(id)](const std::string& line) {
      print_(fmt::format("{} | {}", name, line));
    };
    members_.emplace(
        id, std::make_unique<Member>(io, command_of(setup, id), control_of(setup, id), tell));
  }
  if (!setup.directed_by) return;
  operator_ = std::make_unique<Member>(io, command_of(setup, Operator::id),
                                       control_of(setup, Operator::id), print_);
}

void Cluster::start() {
  for (const auto& [id, member] : members_) member->start();
  if (operator_) operator_->start();
}

bool Cluster::has_failed() const {
  if (operator_ && operator_->has_failed()) return true;
  return std::ranges::any_of(members_,
                             [](const auto& member) { return member.second->has_failed(); });
}

bool Cluster::obey(std::string_view line) {
  const std::vector<std::string> words = words_of(line);
  if (!words.empty() && (words[0] == "quit" || words[0] == "exit")) return false;
  try {
    if (words.empty() || !act(words, line)) pass_on(line);
  } catch (const Mistake& mistake) {
    print_(mistake.what());
  }
  return true;
}

/// False when there is no such command.
bool Cluster::act(const std::vector<std::string>& words, std::string_view line) {
  if (words[0] == "view") {
    std::vector<int> which;
    for (std::size_t i = 1; i < words.size(); ++i) which.push_back(number(words[i]));
    view(which);
  } else if (words[0] == "heal" && words.size() == 1) {
    for (const auto& [id, member] : members_) member->say("heal");
  } else if (words[0] == "cut" && words.size() == 3) {
    cut(number(words[1]), number(words[2]));
  } else if (words[0] == "input" && words.size() > 2) {
    input(number(words[1]), line);
  } else {
    return words.size() == 2 && on_one(words);
  }
  return true;
}

bool Cluster::on_one(const std::vector<std::string>& words) {
  using Act = bool (Member::*)();
  static const std::map<std::string, Act> acts = {{"kill", &Member::kill},
                                                  {"restart", &Member::start},
                                                  {"pause", &Member::pause},
                                                  {"resume", &Member::resume}};
  const auto found = acts.find(words[0]);
  if (found == acts.end()) return false;
  const int id = number(words[1]);
  const bool was_up = member(id).is_up();
  if (!(member(id).*found->second)()) {
    throw Mistake(fmt::format("{} is {} already", title(id), was_up ? "up" : "down"));
  }
  if (words[0] != "restart") print_(fmt::format("{} | {} done", name_of(id), words[0]));
  return true;
}

void Cluster::view(const std::vector<int>& which) {
  for (const auto& [id, member] : members_) {
    const bool is_asked = which.empty() || std::find(which.begin(), which.end(), id) != which.end();
    if (is_asked && !member->say("view"))
      print_(fmt::format("{} | is {}", name_of(id), member->state()));
  }
}

void Cluster::cut(int one, int other) {
  if (one == other) throw Mistake("a node and itself have no link; name two nodes");
  for (const auto& [id, peer] : {std::pair(one, other), std::pair(other, one)}) {
    if (!member(id).say(fmt::format("cut {}", peer))) {
      print_(
          fmt::format("{} | is {} and will not know of the cut", name_of(id), member(id).state()));
    }
  }
}

void Cluster::pass_on(std::string_view line) {
  const bool says_something = line.find_first_not_of(" \t") != std::string_view::npos;
  const bool is_for_help = !operator_ || line == "help";
  if (says_something && is_for_help) print_(std::string(help));
  if (operator_ && !operator_->say(std::string(line)) && says_something) {
    throw Mistake(fmt::format("the {} is {}", Operator::name, operator_->state()));
  }
}

/// The text goes to the node as it was typed.
void Cluster::input(int id, std::string_view line) {
  line.remove_prefix(line.find("input") + 5);
  line.remove_prefix(line.find(name_of(id)) + name_of(id).size());
  line.remove_prefix(std::min<std::size_t>(1, line.size()));
  if (!member(id).say("input " + std::string(line))) {
    throw Mistake(fmt::format("{} is {}", title(id), member(id).state()));
  }
}

int Cluster::number(const std::string& word) const {
  if (word == Gateway::name && members_.contains(Gateway::id)) return Gateway::id;
  int id = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), id);
  if (error != std::errc() || end != word.data() + word.size() || id < 1 || id > nodes_) {
    throw Mistake(fmt::format("there is no node \"{}\"; the nodes are 1 to {}{}", word, nodes_,
                              members_.contains(Gateway::id) ? " and gateway" : ""));
  }
  return id;
}

}  // namespace octet::cluster

// The same script twice, once for each choice of CAP: two replicas, the link between them is cut,
// and later it heals. Prints side by side what the clients hear.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <exception>
#include <string>
#include <vector>

#include "cap_pair.h"

namespace {

using octet::sockets::Answer;
using octet::sockets::Choice;
using octet::sockets::demo::Link;
using octet::sockets::demo::Replica;

struct Line {
  std::string step;
  std::string heard;
};

struct Votes {
  std::uint32_t a = 2;
  std::uint32_t b = 1;
};

/// Two replicas and what happens to them.
class Story {
 public:
  Story(Choice choice, Votes votes)
      : a_(io_, {.id = 1, .choice = choice, .votes = votes.a, .peer_votes = votes.b},
           link_.endpoint()),
        b_(io_, {.id = 2, .choice = choice, .votes = votes.b, .peer_votes = votes.a},
           link_.endpoint()) {
    link_.accept(0);
    link_.accept(1);
  }

  std::vector<Line> tell() {
    write("A", a_, "tea");
    read("B", b_);
    link_.cut();
    note("--- the link is cut ---");
    write("A", a_, "milk");
    write("B", b_, "lemon");
    read("A", a_);
    read("B", b_);
    note("    messages lost", std::to_string(link_.lost()));
    heal();
    read("A", a_);
    read("B", b_);
    return lines_;
  }

 private:
  void note(std::string step, std::string heard = {}) {
    lines_.push_back({std::move(step), std::move(heard)});
  }
  void write(const std::string& name, Replica& replica, const std::string& value) {
    const Answer answer = replica.write(value);
    note(name + " writes " + value, answer.available ? "done" : "not available");
  }
  void read(const std::string& name, Replica& replica) {
    const Answer answer = replica.read();
    note(name + " reads", answer.available ? '"' + answer.value + '"' : "not available");
  }

  /// Each replica offers what it holds; each offer is accepted: four messages pass.
  void heal() {
    link_.heal();
    note("--- the link is whole again; they compare ---");
    const int enough = link_.passed() + 4;
    a_.exchange();
    b_.exchange();
    while (link_.passed() < enough) io_.run_one();
  }

  asio::io_context io_{1};
  Link link_{io_};
  Replica a_;
  Replica b_;
  std::vector<Line> lines_;
};

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Shows what two replicas answer when they are cut off from each other.");
  Votes votes;
  app.add_option("--votes-a", votes.a, "of replica A")->capture_default_str();
  app.add_option("--votes-b", votes.b, "of replica B")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  try {
    const auto consistent = Story(Choice::consistency, votes).tell();
    const auto available = Story(Choice::availability, votes).tell();
    fmt::print("Votes: A {}, B {}.\n\n", votes.a, votes.b);
    fmt::print("{:46}{:16}{}\n", "", "consistency", "availability");
    for (std::size_t i = 0; i < consistent.size(); ++i) {
      fmt::print("{:46}{:16}{}\n", consistent[i].step, consistent[i].heard, available[i].heard);
    }
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
}

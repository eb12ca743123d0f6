#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "tools/chaos/parse.h"
#include "tools/netns/network.h"
#include "tools/project/subprocess.h"
#include "tools/verbs/verb.h"

namespace octet::lab {
namespace {

struct Options {
  int hosts = 3;
  std::string a;
  std::string b;
  std::string value;
  bool one_way = false;
  std::vector<std::string> command;
};

/// The host that a person means by "2" or "octet2".
int find_host(const std::string& text) {
  const auto up = netns::hosts();
  if (up.empty()) throw Failure("no hosts are up; first: ./lab netns up");
  for (const int host : up) {
    if (text == std::to_string(host) || text == netns::name_of(host)) return host;
  }
  throw UsageError(fmt::format("there is no host \"{}\"; the hosts are 1 to {}", text, up.back()));
}

struct Pair {
  int a = 0;
  int b = 0;
};
Pair find_pair(const Options& options) {
  const Pair pair{find_host(options.a), find_host(options.b)};
  if (pair.a == pair.b) throw UsageError("a host and itself have no link; name two hosts");
  return pair;
}

std::string in_words(const netns::Way& way) {
  std::string text = way.is_cut ? "cut" : "connected";
  if (!way.delay.empty()) text += ", delay " + way.delay;
  if (way.loss > 0) text += fmt::format(", loss {:g}%", way.loss * 100);
  return text;
}

void show(int a, int b) {
  const netns::Way there = netns::way(a, b);
  const netns::Way back = netns::way(b, a);
  const auto line = [](int from, const char* arrow, int to, const netns::Way& way) {
    fmt::print("{} {} {}  {}\n", netns::name_of(from), arrow, netns::name_of(to), in_words(way));
  };
  if (there == back) return line(a, "<->", b, there);
  line(a, "-->", b, there);
  line(b, "-->", a, back);
}

int status() {
  const auto up = netns::hosts();
  if (up.empty()) fmt::print("no hosts are up\n");
  for (const int host : up) fmt::print("{}  {}\n", netns::name_of(host), netns::address_of(host));
  for (const int a : up) {
    for (const int b : up) {
      if (a < b) show(a, b);
    }
  }
  return 0;
}

int up(const Options& options) {
  if (!netns::up(options.hosts)) fmt::print("already up\n");
  if (netns::cut_by() == netns::CutBy::wrong_neighbour) {
    fmt::print("nftables is not usable here: cuts misdirect packets instead, loss is missing\n");
  }
  status();
  fmt::print("\nRun something on one: ./lab netns exec 1 -- ping 10.77.0.2\n");
  return 0;
}

int down() {
  const int count = netns::down();
  fmt::print("{}\n", count == 0 ? "no hosts were up" : fmt::format("{} hosts removed", count));
  return 0;
}

int cut(const Options& options) {
  const Pair pair = find_pair(options);
  netns::cut(pair.a, pair.b);
  if (!options.one_way) netns::cut(pair.b, pair.a);
  show(pair.a, pair.b);
  return 0;
}

int heal(const Options& options) {
  if (!options.a.empty()) {
    const Pair pair = find_pair(options);
    netns::heal(pair.a, pair.b);
    netns::heal(pair.b, pair.a);
    show(pair.a, pair.b);
    return 0;
  }
  const auto up = netns::hosts();
  for (const int a : up) {
    for (const int b : up) {
      if (a != b) netns::heal(a, b);
    }
  }
  return status();
}

/// A value that chaos would not take either is a usage error.
template <class Parse>
auto parsed(Parse parse, const std::string& text) {
  try {
    return parse(text);
  } catch (const chaos::BadValue& bad) {
    throw UsageError(bad.what());
  }
}

int delay(const Options& options) {
  const auto time = chaos::in_words(parsed(chaos::parse_duration, options.value));
  const Pair pair = find_pair(options);
  netns::set_delay(pair.a, pair.b, time);
  netns::set_delay(pair.b, pair.a, time);
  show(pair.a, pair.b);
  return 0;
}

int loss(const Options& options) {
  const double share = parsed(chaos::parse_share, options.value);
  const Pair pair = find_pair(options);
  netns::set_loss(pair.a, pair.b, share);
  netns::set_loss(pair.b, pair.a, share);
  show(pair.a, pair.b);
  return 0;
}

int exec(const Options& options) {
  Command command = {"ip", "netns", "exec", netns::name_of(find_host(options.a))};
  command.insert(command.end(), options.command.begin(), options.command.end());
  become(command);
}

CLI::App* add(CLI::App& app, Action& chosen, const char* name, const char* help, Action action) {
  CLI::App* verb = app.add_subcommand(name, help);
  verb->callback([&chosen, action = std::move(action)] { chosen = action; });
  return verb;
}

void add_pair(CLI::App* verb, Options& options, bool required) {
  auto* a = verb->add_option("A", options.a, "A host: 1 or octet1")->type_name("");
  auto* b = verb->add_option("B", options.b, "Another")->type_name("");
  a->required(required)->needs(b);
  b->required(required);
}

void add_valued(CLI::App& app, Action& chosen, const std::shared_ptr<Options>& options,
                const char* name, const char* help, int (*action)(const Options&)) {
  CLI::App* verb = add(app, chosen, name, help, [=] { return action(*options); });
  add_pair(verb, *options, true);
  verb->add_option("VALUE", options->value, "50ms, or 5%")->required()->type_name("");
}

}  // namespace

Action netns_verb(CLI::App& app, const Project&) {
  const auto options = std::make_shared<Options>();
  const auto chosen = std::make_shared<Action>();
  add(app, *chosen, "up", "Make the hosts and the links between them", [=] { return up(*options); })
      ->add_option("--hosts", options->hosts, "How many, 2 to 5")
      ->check(CLI::Range(2, netns::most_hosts))
      ->type_name("N")
      ->capture_default_str();
  add(app, *chosen, "status", "Show the hosts, and what is cut, delayed or lost", status);

  CLI::App* cut_pair =
      add(app, *chosen, "cut", "Packets between two hosts vanish", [=] { return cut(*options); });
  add_pair(cut_pair, *options, true);
  cut_pair->add_flag("--one-way", options->one_way, "Only those from A to B");
  add_pair(add(app, *chosen, "heal", "End a cut, or all of them", [=] { return heal(*options); }),
           *options, false);
  add_valued(app, *chosen, options, "delay", "Every packet takes longer, each way (0ms ends it)",
             delay);
  add_valued(app, *chosen, options, "loss", "A share of the packets vanishes (0% ends it)", loss);

  CLI::App* run =
      add(app, *chosen, "exec", "Run a command on a host", [=] { return exec(*options); });
  run->add_option("HOST", options->a, "A host: 1 or octet1")->required()->type_name("");
  run->add_option("COMMAND", options->command, "The command, after --")->required()->type_name("");
  add(app, *chosen, "down", "Remove the hosts and all that belongs to them", down);

  return [chosen] {
    if (!*chosen) throw UsageError("netns: which of up, status, cut, ...? (./lab netns --help)");
    if (geteuid() != 0) throw Failure("netns needs root: run it as root, or with sudo");
    if (!is_installed("ip")) throw Failure("netns needs the program ip (package iproute2)");
    return (*chosen)();
  };
}

}  // namespace octet::lab

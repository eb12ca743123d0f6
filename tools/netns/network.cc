#include "tools/netns/network.h"

#include <fmt/format.h>

#include <algorithm>
#include <regex>
#include <sstream>

#include "tools/project/errors.h"
#include "tools/project/subprocess.h"

namespace octet::netns {
namespace {

using lab::capture;
using lab::Captured;
using lab::Command;
using lab::Failure;

constexpr auto mark = "octet lab";
constexpr auto nobodys_address = "02:00:00:00:00:00";

std::string link_to(int host) {
  return fmt::format("to{}", host);
}

/// The first line of what a command complained about.
std::string complaint(const Captured& result) {
  return result.output.substr(0, result.output.find('\n'));
}

void must(const Command& command, const std::string& what) {
  const Captured result = capture(command);
  if (result.status != 0) throw Failure(fmt::format("{}: {}", what, complaint(result)));
}

void ip(const std::string& arguments, const std::string& what) {
  Command command = {"ip"};
  std::istringstream words(arguments);
  for (std::string word; words >> word;) command.push_back(word);
  must(command, what);
}

Captured inside(int host, Command command) {
  const Command enter = {"ip", "netns", "exec", name_of(host)};
  command.insert(command.begin(), enter.begin(), enter.end());
  return capture(command);
}

std::vector<std::string> namespaces() {
  std::vector<std::string> names;
  std::istringstream lines(capture({"ip", "netns", "list"}).output);
  for (std::string line; std::getline(lines, line);)
    names.push_back(line.substr(0, line.find(' ')));
  return names;
}

bool is_ours(int host) {
  const Captured shown = capture({"ip", "-n", name_of(host), "link", "show", "lo"});
  return shown.output.find(mark) != std::string::npos;
}

void make_host(int host) {
  const std::string name = name_of(host);
  ip("netns add " + name, "this kernel gives no network namespace");
  must({"ip", "-n", name, "link", "set", "lo", "alias", mark}, "cannot mark " + name);
  ip(fmt::format("-n {} link set lo up", name), "cannot start " + name);
}

void start_link(int host, int peer) {
  ip(fmt::format("-n {} addr add {} peer {} dev {}", name_of(host), address_of(host),
                 address_of(peer), link_to(peer)),
     "cannot give an address");
  ip(fmt::format("-n {} link set {} up", name_of(host), link_to(peer)), "cannot start a link");
}

void make_link(int a, int b) {
  ip(fmt::format("-n {} link add {} type veth peer name {} netns {}", name_of(a), link_to(b),
                 link_to(a), name_of(b)),
     "this kernel makes no veth links");
  start_link(a, b);
  start_link(b, a);
}

/// Packets are dropped where they come in: a drop on the way out would tell the sender.
void make_firewall(int host, int count) {
  std::string rules =
      "add table inet octet; add set inet octet cut { type ipv4_addr; }; "
      "add chain inet octet input { type filter hook input priority 0; }; "
      "add rule inet octet input ip saddr @cut drop; ";
  for (int peer = 1; peer <= count; ++peer) {
    rules += fmt::format(
        "add chain inet octet from{0}; add rule inet octet input ip saddr {1} jump from{0}; ", peer,
        address_of(peer));
  }
  // Without nftables there is no table, which is how cut_by() knows.
  inside(host, {"nft", rules});
}

bool change_set(const char* verb, int from, int to) {
  return inside(to,
                {"nft", fmt::format("{} element inet octet cut {{ {} }}", verb, address_of(from))})
             .status == 0;
}

bool is_in_set(int from, int to) {
  const Captured set = inside(to, {"nft", "list", "set", "inet", "octet", "cut"});
  const std::regex address(std::regex_replace(address_of(from), std::regex("\\."), "\\.") + "\\b");
  return set.status == 0 && std::regex_search(set.output, address);
}

bool has_wrong_neighbour(int from, int to) {
  const Captured shown = capture({"ip", "-n", name_of(from), "neigh", "show", address_of(to)});
  return shown.output.find(nobodys_address) != std::string::npos;
}

/// What a regular expression finds in a command's output, or nothing.
std::string found(const Captured& result, const char* pattern) {
  std::smatch match;
  return std::regex_search(result.output, match, std::regex(pattern)) ? match[1].str() : "";
}

}  // namespace

std::string name_of(int host) {
  return fmt::format("octet{}", host);
}

std::string address_of(int host) {
  return fmt::format("10.77.0.{}", host);
}

std::vector<int> hosts() {
  std::vector<int> ours;
  const auto names = namespaces();
  for (int host = 1; host <= most_hosts; ++host) {
    const bool exists = std::ranges::find(names, name_of(host)) != names.end();
    if (exists && is_ours(host)) ours.push_back(host);
  }
  return ours;
}

bool up(int count) {
  const auto there = static_cast<int>(hosts().size());
  if (there == count) return false;
  if (there > 0) throw Failure(fmt::format("{} hosts are up; first: ./lab netns down", there));
  for (const std::string& name : namespaces()) {
    for (int host = 1; host <= count; ++host) {
      if (name == name_of(host)) {
        throw Failure(fmt::format("a network namespace {} exists that is not ours", name));
      }
    }
  }
  try {
    for (int host = 1; host <= count; ++host) make_host(host);
    for (int a = 1; a <= count; ++a) {
      for (int b = a + 1; b <= count; ++b) make_link(a, b);
    }
    for (int host = 1; host <= count; ++host) make_firewall(host, count);
  } catch (const Failure&) {
    down();
    throw;
  }
  return true;
}

int down() {
  const auto ours = hosts();
  for (const int host : ours) ip("netns del " + name_of(host), "cannot remove " + name_of(host));
  return static_cast<int>(ours.size());
}

CutBy cut_by() {
  const bool has_table = inside(1, {"nft", "list", "table", "inet", "octet"}).status == 0;
  return has_table ? CutBy::nftables : CutBy::wrong_neighbour;
}

void cut(int from, int to) {
  if (change_set("add", from, to)) return;
  ip(fmt::format("-n {} neigh replace {} lladdr {} dev {} nud permanent", name_of(from),
                 address_of(to), nobodys_address, link_to(to)),
     "cannot cut");
}

void heal(int from, int to) {
  if (is_in_set(from, to)) change_set("delete", from, to);
  if (!has_wrong_neighbour(from, to)) return;
  ip(fmt::format("-n {} neigh del {} dev {}", name_of(from), address_of(to), link_to(to)),
     "cannot heal");
}

Way way(int from, int to) {
  const Captured rules =
      inside(to, {"nft", "list", "chain", "inet", "octet", fmt::format("from{}", from)});
  const Captured queue = inside(from, {"tc", "qdisc", "show", "dev", link_to(to)});
  const std::string lost = found(rules, "numgen random mod 1000000 < ([0-9]+)");
  return {.is_cut = is_in_set(from, to) || has_wrong_neighbour(from, to),
          .delay = found(queue, "netem .*delay ([0-9.]+[a-z]+)"),
          .loss = lost.empty() ? 0 : std::stod(lost) / 1e6};
}

void set_delay(int from, int to, const std::string& delay) {
  const bool is_none = delay == "0ms";
  if (is_none && way(from, to).delay.empty()) return;
  Command command = {"tc", "qdisc", is_none ? "del" : "replace", "dev", link_to(to), "root"};
  if (!is_none) command.insert(command.end(), {"netem", "delay", delay});
  const Captured result = inside(from, command);
  if (result.status == 0) return;
  if (result.output.find("qdisc kind is unknown") != std::string::npos) {
    throw Failure("this kernel has no netem (sch_netem): no delay here; ./lab chaos has --delay");
  }
  throw Failure("cannot delay: " + complaint(result));
}

void set_loss(int from, int to, double share) {
  const std::string chain = fmt::format("inet octet from{}", from);
  std::string rules = fmt::format("flush chain {}; ", chain);
  if (share > 0) {
    rules += fmt::format("add rule {} numgen random mod 1000000 < {} drop", chain,
                         static_cast<int>(share * 1e6));
  }
  const Captured result = inside(to, {"nft", rules});
  if (result.status == 0) return;
  throw Failure("no loss here, nftables is not usable: " + complaint(result));
}

}  // namespace octet::netns

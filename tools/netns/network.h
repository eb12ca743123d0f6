#pragma once

#include <optional>
#include <string>
#include <vector>

/// Two to five hosts on this machine, each a network namespace (octet1 ... octet5, 10.77.0.1 ...),
/// with a link of its own between every two. All of it lives inside the namespaces: the machine's
/// addresses, routes and firewall stay as they are, and removing the namespaces removes everything.
///
/// Functions throw Failure with the kernel's answer when something cannot be done here. They need
/// root.
namespace octet::netns {

constexpr int most_hosts = 5;

std::string name_of(int host);     // "octet1"
std::string address_of(int host);  // "10.77.0.1"

/// The hosts that are up, and that we made: a namespace of the same name without our mark is
/// somebody else's.
std::vector<int> hosts();

/// Makes hosts 1 ... count. Returns false when exactly these are there already.
bool up(int count);

/// Removes all hosts of ours; returns how many.
int down();

/// How packets are kept from passing.
enum class CutBy { nftables, wrong_neighbour };

/// nftables where the kernel has it. Elsewhere the sender is told a hardware address that nobody
/// has, which loses packets just as silently.
CutBy cut_by();

/// Packets from one host to the other vanish, silently.
void cut(int from, int to);

/// Ends that cut; harmless when there is none.
void heal(int from, int to);

/// What packets suffer on their way in one direction.
struct Way {
  bool is_cut = false;
  std::string delay;  // "50ms", empty for none
  double loss = 0;    // 0.05

  bool operator==(const Way&) const = default;
};
Way way(int from, int to);

void set_delay(int from, int to, const std::string& delay);  // in tc's words; "0ms" ends it
void set_loss(int from, int to, double share);

}  // namespace octet::netns

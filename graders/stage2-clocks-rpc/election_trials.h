#pragma once

#include <cstdint>

#include "graders/stage2-clocks-rpc/electorate.h"

/// What every election owes, whatever its algorithm. Each of these is the body of a graded test.
namespace octet::election {

/// Any process may start it, several may at once, and the highest ones may be down.
void try_every_initiator(Make make);

/// The initiator, a process between, or the one that would win crashes before or after any of its
/// effects, for good or for a moment.
void try_a_crash_at_any_step(Make make);

/// The highest process comes back in the middle of an election or after it; many come and go; it
/// was only paused.
void try_comebacks(Make make);

/// An election takes no more than `most_messages(members)`, and then there are none.
void try_counting(Make make, std::uint64_t (*most_messages)(std::uint64_t members));

/// The search: three processes, a crash anywhere, every order of messages and timers.
void try_every_order(Make make);

}  // namespace octet::election

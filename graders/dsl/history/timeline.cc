#include "graders/dsl/history/timeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace octet::grading {
namespace {

/// A call or a return, and where its place is to be written.
struct Happening {
  Moment when;
  bool is_return = false;
  Told* told = nullptr;
};

std::vector<Happening> happenings_of(std::vector<Told>& all) {
  std::vector<Happening> happenings;
  for (Told& each : all) {
    happenings.push_back({each.call, false, &each});
    if (each.end) happenings.push_back({*each.end, true, &each});
  }
  return happenings;
}

void set_places(std::vector<Happening>& happenings, bool by_event) {
  std::ranges::sort(happenings, {}, [&](const Happening& each) {
    return by_event ? std::tuple(each.when.event, false, std::size_t{0})
                    : std::tuple(each.when.time, each.is_return, each.told->named.operation.line);
  });
  std::size_t place = 0;
  for (const Happening& each : happenings) {
    place = by_event ? each.when.event : place + 1;
    if (!each.is_return) each.told->named.operation.called = place;
    if (each.is_return && each.told->is_known) each.told->named.operation.returned = place;
  }
}

void check_events(const std::vector<Happening>& happenings, const std::string& places) {
  for (std::size_t i = 1; i < happenings.size(); ++i) {
    if (happenings[i - 1].when.event != happenings[i].when.event) continue;
    const auto [first, second] = std::minmax(happenings[i - 1].told->named.operation.line,
                                             happenings[i].told->named.operation.line);
    throw Unreadable(fmt::format("{0} {2}: event {3} is at {0} {1} already", places, first, second,
                                 happenings[i].when.event));
  }
}

/// `all` is in the order of calls.
void check_clients(const std::vector<Told>& all, bool by_event, const std::string& places) {
  const auto value = [&](const Moment& when) { return by_event ? when.event : when.time; };
  std::map<std::uint64_t, const Told*> last;
  for (const Told& each : all) {
    const Told* const before = std::exchange(last[each.named.operation.client], &each);
    if (before == nullptr || !before->end || value(*before->end) <= value(each.call)) continue;
    throw Unreadable(fmt::format(
        "{0} {1}: client {2} calls while its operation of {0} {3} is still under way", places,
        each.named.operation.line, each.named.operation.client, before->named.operation.line));
  }
}

}  // namespace

void add_in_order(std::vector<Told> all, History& history) {
  for (const Told& each : all) {
    if (!each.end || (each.end->time >= each.call.time && each.end->event >= each.call.event)) {
      continue;
    }
    throw Unreadable(fmt::format("{} {}: it returns before it is called", history.places,
                                 each.named.operation.line));
  }
  std::vector<Happening> happenings = happenings_of(all);
  const bool by_event =
      std::ranges::all_of(happenings, [](const Happening& each) { return each.when.event > 0; });
  set_places(happenings, by_event);
  if (by_event) check_events(happenings, history.places);
  std::ranges::sort(all, {}, [](const Told& each) { return each.named.operation.called; });
  check_clients(all, by_event, history.places);
  for (const Told& each : all) history.add(each.named.key, each.named.operation);
}

}  // namespace octet::grading

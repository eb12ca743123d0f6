#include "graders/stage2-clocks-rpc/searched_lock.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "stage2-clocks-rpc/api/mutual_exclusion.h"

namespace octet::grading {
namespace {

using mutual_exclusion::Input;

// No timer of a node begins like this: it would be the 256th of its list.
constexpr std::string_view application_requests = "\xff requests";
constexpr std::string_view application_releases = "\xff releases";

AnyEffect at_any_time(std::string_view what) {
  return {.kind = AnyEffect::Kind::set_timer, .bytes = Bytes(what)};
}

auto values(const SearchedLock::View& view) {
  return std::tuple(view.entered, view.waits, view.is_inside, view.entered_unasked,
                    view.uses_timers);
}

}  // namespace

SearchedLock::SearchedLock(std::unique_ptr<AnyNode> process, std::uint32_t times)
    : process_(std::move(process)), times_(times) {}

std::unique_ptr<AnyNode> SearchedLock::clone() const {
  auto copy = std::make_unique<SearchedLock>(process_->clone(), times_);
  copy->view_ = view_;
  return copy;
}

bool SearchedLock::start(std::span<const Bytes> records, Environment& environment,
                         std::vector<AnyEffect>& effects) {
  if (!process_->start(records, environment, effects)) return false;
  act(effects);
  if (times_ > 0) effects.push_back(at_any_time(application_requests));
  return true;
}

bool SearchedLock::deliver(std::string_view message, NodeId from, Environment& environment,
                           std::vector<AnyEffect>& effects) {
  const bool known = process_->deliver(message, from, environment, effects);
  act(effects);
  return known;
}

bool SearchedLock::fire(std::string_view timer, Environment& environment,
                        std::vector<AnyEffect>& effects) {
  if (timer == application_requests) return request(environment, effects);
  if (timer == application_releases) return release(environment, effects);
  const bool known = process_->fire(timer, environment, effects);
  act(effects);
  return known;
}

bool SearchedLock::input(std::string_view input, Environment& environment,
                         std::vector<AnyEffect>& effects) {
  const bool known = process_->input(input, environment, effects);
  act(effects);
  return known;
}

Bytes SearchedLock::state() const {
  return process_->state() + encode(values(view_));
}

bool SearchedLock::equals(const AnyNode& other) const {
  const auto* same = dynamic_cast<const SearchedLock*>(&other);
  return same != nullptr && values(view_) == values(same->view_) &&
         process_->equals(*same->process_);
}

Shown SearchedLock::show(List list, std::string_view bytes) const {
  if (bytes == application_requests) return {"ApplicationRequests", "{}"};
  if (bytes == application_releases) return {"ApplicationReleases", "{}"};
  return process_->show(list, bytes);
}

/// The application hears what the process tells it.
void SearchedLock::act(std::vector<AnyEffect>& effects) {
  const auto count = [&](AnyEffect::Kind kind) {
    return std::ranges::count(effects, kind, &AnyEffect::kind);
  };
  view_.uses_timers = view_.uses_timers || count(AnyEffect::Kind::set_timer) > 0;
  const auto entries = count(AnyEffect::Kind::emit);
  if (entries == 0) return;
  view_.entered_unasked = view_.entered_unasked || !view_.waits || entries > 1;
  view_.waits = false;
  view_.is_inside = true;
  ++view_.entered;
  effects.push_back(at_any_time(application_releases));
}

bool SearchedLock::request(Environment& environment, std::vector<AnyEffect>& effects) {
  view_.waits = true;
  return input(encode(Input(mutual_exclusion::Request{})), environment, effects);
}

bool SearchedLock::release(Environment& environment, std::vector<AnyEffect>& effects) {
  view_.is_inside = false;
  const bool known = input(encode(Input(mutual_exclusion::Release{})), environment, effects);
  if (view_.entered < times_) effects.push_back(at_any_time(application_requests));
  return known;
}

}  // namespace octet::grading

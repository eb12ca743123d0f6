#include "mutual_exclusion.h"

#include <algorithm>
#include <utility>

namespace octet::mutual_exclusion {

MutualExclusion::MutualExclusion(Config config) : config_(std::move(config)) {}

void MutualExclusion::start(std::span<const Protocol::Record>, Context& ctx) {
  clock_ = clocks::LamportClock(ctx.id());
  for (const NodeId member : config_.members) {
    if (member != ctx.id()) others_[member];
  }
}

/// Rule 1.
void MutualExclusion::on(const Request&, Context& ctx) {
  request_ = clock_.tick();
  for (const auto& [other, heard] : others_) ctx.send(other, RequestsResource{*request_});
  enter_if_granted(ctx);  // a process that is alone asks nobody
}

/// Rule 2.
void MutualExclusion::on(const RequestsResource& message, NodeId from, Context& ctx) {
  hear(from, {.stamp = message.stamp, .request = message.stamp}, ctx);
  ctx.send(from, Acknowledgment{.stamp = clock_.tick(), .request = request_});
}

void MutualExclusion::on(const Acknowledgment& message, NodeId from, Context& ctx) {
  hear(from, {.stamp = message.stamp, .request = message.request}, ctx);
}

/// Rule 3.
void MutualExclusion::on(const Release&, Context& ctx) {
  request_.reset();
  is_inside_ = false;
  const LamportStamp stamp = clock_.tick();
  for (const auto& [other, heard] : others_) ctx.send(other, ReleasesResource{stamp});
}

/// Rule 4.
void MutualExclusion::on(const ReleasesResource& message, NodeId from, Context& ctx) {
  hear(from, {.stamp = message.stamp, .request = std::nullopt}, ctx);
}

void MutualExclusion::hear(NodeId from, const Heard& news, Context& ctx) {
  clock_.receive(news.stamp);
  Heard& heard = others_.at(from);
  if (!clocks::comes_before(heard.stamp, news.stamp)) return;  // old news, or a duplicate
  heard = news;
  enter_if_granted(ctx);
}

/// Rule 5.
void MutualExclusion::enter_if_granted(Context& ctx) {
  if (!request_ || is_inside_) return;
  const auto grants = [this](const auto& other) { return is_granted_by(other.second); };
  if (!std::ranges::all_of(others_, grants)) return;
  is_inside_ = true;
  ctx.emit(Entered{});
}

/// Its message is later than the request, so every earlier request of its is known; there is none.
bool MutualExclusion::is_granted_by(const Heard& other) const {
  return clocks::comes_before(*request_, other.stamp) &&
         (!other.request || clocks::comes_before(*request_, *other.request));
}

}  // namespace octet::mutual_exclusion

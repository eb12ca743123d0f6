#include "runtime/tcp/backlog.h"

#include <utility>

namespace octet::tcp {
namespace {

/// About what it takes in memory. That it is never nothing bounds how many there are.
std::size_t size_of(const AnyEffect& effect) {
  std::size_t bytes = sizeof(effect) + effect.bytes.size();
  for (const Bytes& record : effect.records) bytes += sizeof(record) + record.size();
  return bytes;
}

}  // namespace

void Backlog::add_write(AnyEffect effect) {
  ++issued_;
  next_bytes_ += size_of(effect);
  next_.push_back(std::move(effect));
}

void Backlog::add_waiting(AnyEffect effect) {
  waiting_bytes_ += size_of(effect);
  waiting_.push_back({std::move(effect), issued_});
}

std::vector<AnyEffect> Backlog::take_batch() {
  if (given_ > durable_) return {};
  given_ = issued_;
  given_bytes_ = std::exchange(next_bytes_, 0);
  return std::exchange(next_, {});
}

void Backlog::finish_batch() {
  durable_ = given_;
  given_bytes_ = 0;
}

std::optional<AnyEffect> Backlog::take_ready() {
  if (waiting_.empty() || waiting_.front().write > durable_) return std::nullopt;
  AnyEffect effect = std::move(waiting_.front().effect);
  waiting_.pop_front();
  waiting_bytes_ -= size_of(effect);
  return effect;
}

}  // namespace octet::tcp

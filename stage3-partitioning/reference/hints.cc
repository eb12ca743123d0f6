#include "hints.h"

#include "runtime/erase/bytes.h"

namespace octet::store {
namespace {

/// Nobody tidies up a log that is shorter.
constexpr std::size_t small_log = 64;

}  // namespace

void Hints::start(std::span<const Protocol::Record> recovered, HintsContext&) {
  for (const Protocol::Record& record : recovered) apply(std::get<Hint>(record));
  log_size_ = recovered.size();
}

void Hints::on(const KeepHint& input, HintsContext& ctx) {
  const Siblings before = copy_of(input.slot, input.key);
  Siblings merged = before;
  merged.merge(input.copy);
  if (merged != before) write({input.slot, input.key, std::move(merged)}, ctx);
}

/// More may have been hinted since it was offered: that the owner does not have.
void Hints::on(const DropHint& input, HintsContext& ctx) {
  const Siblings copy = copy_of(input.slot, input.key);
  if (copy == Siblings() || digest_of(input.key, copy) != input.digest) return;
  write({input.slot, input.key, std::nullopt}, ctx);
}

Siblings Hints::copy_of(slots::Slot slot, const std::string& key) const {
  const auto hinted = hints_.find(slot);
  if (hinted == hints_.end()) return {};
  const auto place = hinted->second.find(key);
  return place == hinted->second.end() ? Siblings() : place->second;
}

std::vector<slots::Slot> Hints::slots() const {
  std::vector<slots::Slot> slots;
  for (const auto& [slot, keys] : hints_) slots.push_back(slot);
  return slots;
}

std::size_t Hints::size() const {
  std::size_t size = 0;
  for (const auto& [slot, keys] : hints_) size += keys.size();
  return size;
}

void Hints::write(const Hint& hint, HintsContext& ctx) {
  apply(hint);
  ctx.persist(hint);
  if (++log_size_ < small_log + 4 * size()) return;
  ctx.compact(shortest_log());
  log_size_ = size();
}

void Hints::apply(const Hint& hint) {
  Keys& keys = hints_[hint.slot];
  if (hint.copy) {
    keys[hint.key] = *hint.copy;
  } else {
    keys.erase(hint.key);
  }
  if (keys.empty()) hints_.erase(hint.slot);
}

std::vector<HintsProtocol::Record> Hints::shortest_log() const {
  std::vector<Protocol::Record> log;
  for (const auto& [slot, keys] : hints_) {
    for (const auto& [key, copy] : keys) log.emplace_back(Hint{slot, key, copy});
  }
  return log;
}

Digest digest_of(const std::string& key, const Siblings& copy) {
  return digest_of(key, std::string_view(encode(copy)));
}

}  // namespace octet::store

#include "shelf.h"

/// What a shelf writes down, and how it tidies that up.
namespace octet::slots {
namespace {

/// Below that many keys and records nobody tidies a log up.
constexpr std::size_t small_log = 64;

std::size_t size_of(const ShelfProtocol::Record& record) {
  const auto* came = std::get_if<Came>(&record);
  return 1 + (came == nullptr ? 0 : came->contents.size());
}

}  // namespace

void Shelf::recover(std::span<const Protocol::Record> records) {
  for (const Protocol::Record& record : records) {
    std::visit([&](const auto& content) { apply(content); }, record);
    log_size_ += size_of(record);
  }
}

void Shelf::write(const Protocol::Record& record, ShelfContext& ctx) {
  std::visit([&](const auto& content) { apply(content); }, record);
  ctx.persist(record);
  log_size_ += size_of(record);
  if (log_size_ < small_log + 4 * live_size()) return;
  ctx.compact(shortest_log());
  log_size_ = live_size();
}

void Shelf::apply(const Came& came) {
  moves_[came.slot] = came.moves;
  held_[came.slot] = Held{.contents = came.contents};
}

void Shelf::apply(const Gone& gone) {
  moves_[gone.slot] = gone.moves;
  held_.erase(gone.slot);
}

std::vector<ShelfProtocol::Record> Shelf::shortest_log() const {
  std::vector<Protocol::Record> log = {MapTaken{map_}};
  for (const auto& [slot, moves] : moves_) {
    const auto place = held_.find(slot);
    if (place == held_.end()) {
      log.emplace_back(Gone{slot, moves});
      continue;
    }
    const Held& held = place->second;
    log.emplace_back(Came{slot, moves, held.contents});
    if (held.promised_to) log.emplace_back(Promised{slot, *held.promised_to});
  }
  return log;
}

std::size_t Shelf::live_size() const {
  std::size_t size = 1 + moves_.size();
  for (const auto& [slot, held] : held_) size += held.contents.size() + (held.promised_to ? 1 : 0);
  return size;
}

}  // namespace octet::slots

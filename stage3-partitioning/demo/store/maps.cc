#include "stage3-partitioning/demo/store/maps.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <sstream>

namespace octet::slots {
namespace {

/// The next word, all of it a number.
template <class Number>
bool read(std::istream& in, Number& number) {
  std::string word;
  if (!(in >> word)) return false;
  const char* const end = word.data() + word.size();
  const auto [stopped, error] = std::from_chars(word.data(), end, number);
  return error == std::errc() && stopped == end;
}

}  // namespace

SlotMap founding_map(const std::vector<NodeId>& members) {
  const auto count = static_cast<std::uint32_t>(members.size());
  const std::uint32_t copies = std::min(most_copies_in_demo, count);
  SlotMap map{.epoch = Epoch{1}, .copies = copies, .owners = {}};
  for (std::uint32_t slot = 0; slot < partitions_in_demo * copies; ++slot) {
    // Round and round, each time one further: so a node shares partitions with many others.
    map.owners.push_back(members[(slot + slot / count) % count]);
  }
  return map;
}

std::vector<NodeId> members_of(const SlotMap& map) {
  const std::set<NodeId> members(map.owners.begin(), map.owners.end());
  return {members.begin(), members.end()};
}

std::string text_of(const SlotMap& map) {
  std::string text = fmt::format("map {} {}", static_cast<std::uint64_t>(map.epoch), map.copies);
  for (const NodeId owner : map.owners) text += fmt::format(" {}", owner.value);
  return text;
}

std::optional<SlotMap> map_of(std::string_view text) {
  std::istringstream in{std::string(text)};
  std::string name;
  std::uint64_t epoch = 0;
  SlotMap map;
  if (!(in >> name) || name != "map" || !read(in, epoch) || !read(in, map.copies)) {
    return std::nullopt;
  }
  map.epoch = Epoch{epoch};
  while (!(in >> std::ws).eof()) {
    std::uint32_t owner = 0;
    if (!read(in, owner)) return std::nullopt;
    map.owners.emplace_back(owner);
  }
  const bool is_whole = map.copies > 0 && !map.owners.empty();
  return is_whole && map.owners.size() % map.copies == 0 ? std::optional(map) : std::nullopt;
}

}  // namespace octet::slots

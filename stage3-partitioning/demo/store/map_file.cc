#include "stage3-partitioning/demo/store/map_file.h"

#include <fstream>
#include <stdexcept>
#include <string>
#include <utility>

#include "stage3-partitioning/demo/store/maps.h"

namespace octet::store {
namespace {

std::optional<SlotMap> next_map(std::istream& in) {
  std::string line;
  if (!std::getline(in, line)) return std::nullopt;
  return slots::map_of(line);
}

}  // namespace

MapFile::MapFile(std::filesystem::path folder, const SlotMap& founding)
    : folder_(std::move(folder)), maps_{founding, founding} {
  std::filesystem::create_directories(folder_);
  std::ifstream in(folder_ / "maps");
  if (!in) return;
  const auto before = next_map(in);
  const auto now = next_map(in);
  const auto fits = [&](const std::optional<SlotMap>& map) {
    return map && map->copies == founding.copies && map->owners.size() == founding.owners.size();
  };
  if (!fits(before) || !fits(now)) {
    throw std::runtime_error("the maps in " + (folder_ / "maps").string() +
                             " are not of this cluster");
  }
  maps_ = {*now, *before};
}

void MapFile::add(const SlotMap& next) {
  const std::filesystem::path file = folder_ / "maps";
  std::filesystem::path draft = file;
  draft += ".new";
  std::ofstream out(draft);
  out << slots::text_of(maps_.now) << "\n" << slots::text_of(next) << "\n";
  out.close();
  if (!out) throw std::runtime_error("cannot write " + draft.string());
  std::filesystem::rename(draft, file);
  maps_ = {next, maps_.now};
}

}  // namespace octet::store

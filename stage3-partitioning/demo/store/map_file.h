#pragma once

#include <filesystem>

#include "stage3-partitioning/demo/store/report.h"

namespace octet::store {

/// The operator's memory: no two maps may have the same epoch, so the latest is in a file before
/// any node hears of it.
class MapFile {
 public:
  /// Reads the maps, or begins with the founding map. Throws std::runtime_error when the file is
  /// none of ours, or its maps are of other slots.
  MapFile(std::filesystem::path folder, const SlotMap& founding);

  const Maps& maps() const { return maps_; }

  /// Throws std::runtime_error, and goes on with the latest one, when the file cannot be written.
  void add(const SlotMap& next);

 private:
  std::filesystem::path folder_;
  Maps maps_;
};

}  // namespace octet::store

#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/descriptor.h"
#include "runtime/storage/disk.h"

namespace octet {

/// A node's records in a file of its own folder: append-only, a checksum each. What write() was
/// given is durable when it returns; a crash in the middle keeps a beginning of it.
///
///     records     a line that names the protocol, then for each record
///                 its length (4 bytes), its checksum (8 bytes), its bytes
class FileDisk final : public Disk {
 public:
  /// Makes the folder when there is none. Throws DiskError when it belongs to another protocol,
  /// when another process uses it, or when a record was damaged that is not the last one. A torn
  /// last record is what a crash leaves of a write that was never durable: it is cut off.
  FileDisk(const std::filesystem::path& folder, std::string_view protocol);

  std::vector<Bytes> read() const override;

  /// Waits once for all of them (group commit).
  void write(std::span<const AnyEffect> writes) override;

  /// How many bytes of a torn record were cut off.
  std::size_t torn_bytes() const { return torn_bytes_; }

 private:
  void lock();
  void open_file();
  void replace(const std::vector<Bytes>& records);

  std::filesystem::path folder_;
  std::filesystem::path path_;  // of the records
  std::string header_;
  Descriptor lock_;
  Descriptor file_;
  std::size_t torn_bytes_ = 0;
};

}  // namespace octet

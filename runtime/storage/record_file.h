#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/erase/bytes.h"

/// How records lie in a file; knows no files.
namespace octet::record_file {

/// Appends the length, the checksum and the bytes.
void append(std::string& out, std::string_view record);

struct Scanned {
  std::vector<Bytes> records;
  std::size_t sound_bytes = 0;  // they take so much from the beginning
  bool is_torn = false;         // what follows is a beginning of one record
  bool is_damaged = false;      // what follows is no record, and is not the end of the file
};

/// Reads records until the end or the first one that is not sound.
Scanned scan(std::string_view file);

}  // namespace octet::record_file

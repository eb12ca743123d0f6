#include "runtime/storage/record_file.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "runtime/random.h"

namespace octet::record_file {
namespace {

constexpr std::size_t head_bytes = sizeof(std::uint32_t) + sizeof(std::uint64_t);

/// A length of zeros with nothing behind it must not look like a record.
std::uint64_t checksum(std::string_view record) {
  return mix(hash_of(record));
}

template <class Number>
Number number_at(std::string_view bytes, std::size_t at) {
  Number number = 0;
  std::memcpy(&number, bytes.data() + at, sizeof(number));
  return number;
}

template <class Number>
void append_number(std::string& out, Number number) {
  out.append(reinterpret_cast<const char*>(&number), sizeof(number));
}

}  // namespace

void append(std::string& out, std::string_view record) {
  append_number(out, static_cast<std::uint32_t>(record.size()));
  append_number(out, checksum(record));
  out.append(record);
}

Scanned scan(std::string_view file) {
  Scanned scanned;
  std::string_view left = file;
  while (!left.empty()) {
    // Fewer bytes than it announces: the write stopped in the middle.
    scanned.is_torn =
        left.size() < head_bytes || left.size() - head_bytes < number_at<std::uint32_t>(left, 0);
    if (scanned.is_torn) break;
    const std::string_view record = left.substr(head_bytes, number_at<std::uint32_t>(left, 0));
    const bool is_sound = number_at<std::uint64_t>(left, sizeof(std::uint32_t)) == checksum(record);
    left.remove_prefix(head_bytes + record.size());
    if (!is_sound) {
      // The file's length may be durable before its bytes are: then the last record, or all from
      // here on, is what a crash left. Anything sound behind it says otherwise.
      const bool is_blank = std::ranges::all_of(left, [](char byte) { return byte == 0; });
      (is_blank ? scanned.is_torn : scanned.is_damaged) = true;
      break;
    }
    scanned.records.emplace_back(record);
    scanned.sound_bytes = file.size() - left.size();
  }
  return scanned;
}

}  // namespace octet::record_file

#include "runtime/storage/file_disk.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>

#include "runtime/storage/record_file.h"

namespace octet {
namespace {

namespace fs = std::filesystem;

std::system_error system_error(const std::string& attempt) {
  return {errno, std::generic_category(), attempt};
}

int open_or_throw(const fs::path& path, int flags) {
  const int file = open(path.c_str(), flags | O_CLOEXEC, 0644);
  if (file < 0) throw system_error("open " + path.string());
  return file;
}

/// Makes the names in a folder durable.
void sync_folder(const fs::path& folder) {
  const int descriptor = open_or_throw(folder, O_RDONLY | O_DIRECTORY);
  const int result = fsync(descriptor);
  close(descriptor);
  if (result != 0) throw system_error("fsync " + folder.string());
}

std::string read_whole(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

FileDisk::FileDisk(const fs::path& folder, std::string_view protocol)
    : folder_(folder), header_(fmt::format("octet records 1 {}\n", protocol)) {
  fs::create_directories(folder_);
  lock();
  try {
    open_file();
  } catch (...) {
    close(lock_);
    throw;
  }
}

FileDisk::~FileDisk() {
  close(file_);
  close(lock_);
}

void FileDisk::lock() {
  lock_ = open_or_throw(folder_ / "lock", O_RDWR | O_CREAT);
  if (flock(lock_, LOCK_EX | LOCK_NB) == 0) return;
  close(lock_);
  throw DiskError(fmt::format("another process uses the data in {}", folder_.string()));
}

void FileDisk::open_file() {
  const fs::path path = folder_ / "records";
  if (!fs::exists(path)) replace({});
  const std::string content = read_whole(path);
  if (!content.starts_with(header_)) {
    throw DiskError(fmt::format("the data in {} is not this protocol's: it begins with \"{}\"",
                                folder_.string(), content.substr(0, content.find('\n'))));
  }
  const auto scanned = record_file::scan(std::string_view(content).substr(header_.size()));
  const std::size_t sound = header_.size() + scanned.sound_bytes;
  if (scanned.is_damaged) {
    throw DiskError(fmt::format(
        "record {} in {} was damaged, at byte {}, and others follow it; nothing was changed",
        scanned.records.size() + 1, path.string(), sound));
  }
  if (file_ < 0) file_ = open_or_throw(path, O_WRONLY | O_APPEND);
  torn_bytes_ = content.size() - sound;
  if (torn_bytes_ == 0) return;
  if (ftruncate(file_, static_cast<off_t>(sound)) != 0) {
    throw system_error("truncate " + path.string());
  }
  flush();
}

std::vector<Bytes> FileDisk::read() const {
  const std::string content = read_whole(folder_ / "records");
  return record_file::scan(std::string_view(content).substr(header_.size())).records;
}

void FileDisk::write(std::span<const AnyEffect> writes) {
  std::string batch;
  for (const AnyEffect& write : writes) {
    if (write.kind == AnyEffect::Kind::persist) {
      record_file::append(batch, write.bytes);
      continue;
    }
    // What comes before it in the batch is replaced with the rest.
    append(std::exchange(batch, {}));
    std::vector<Bytes> records = read();
    std::erase_if(records, [&](const Bytes& record) { return record.starts_with(write.bytes); });
    records.insert(records.end(), write.records.begin(), write.records.end());
    replace(records);
  }
  append(batch);
  flush();
}

void FileDisk::append(const std::string& bytes) {
  std::string_view left = bytes;
  while (!left.empty()) {
    const ssize_t written = ::write(file_, left.data(), left.size());
    if (written < 0 && errno != EINTR) {
      throw system_error("write to " + (folder_ / "records").string());
    }
    if (written > 0) left.remove_prefix(static_cast<std::size_t>(written));
  }
}

void FileDisk::flush() {
  // After a failed flush nobody knows what is on the disk, so there is no second try.
  if (fdatasync(file_) != 0) throw system_error("flush " + (folder_ / "records").string());
}

/// A crash leaves the old file or the new one, whole.
void FileDisk::replace(const std::vector<Bytes>& records) {
  std::string content = header_;
  for (const Bytes& record : records) record_file::append(content, record);
  const fs::path next = folder_ / "records.new";
  if (file_ >= 0) close(file_);
  file_ = open_or_throw(next, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND);
  append(content);
  flush();
  fs::rename(next, folder_ / "records");
  sync_folder(folder_);
}

}  // namespace octet

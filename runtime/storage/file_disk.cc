#include "runtime/storage/file_disk.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "runtime/storage/record_file.h"

namespace octet {
namespace {

namespace fs = std::filesystem;

std::system_error system_error(const std::string& attempt) {
  return {errno, std::generic_category(), attempt};
}

Descriptor open_or_throw(const fs::path& path, int flags) {
  Descriptor file(open(path.c_str(), flags | O_CLOEXEC, 0644));
  if (!file.is_open()) throw system_error("open " + path.string());
  return file;
}

void append(const Descriptor& file, std::string_view bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = write(file.number(), bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) throw system_error("write to " + path.string());
    if (written > 0) bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

/// After a failed flush nobody knows what is on the disk, so there is no second try.
void flush(const Descriptor& file, const fs::path& path) {
  if (fdatasync(file.number()) != 0) throw system_error("flush " + path.string());
}

/// Makes the names in a folder durable.
void sync_folder(const fs::path& folder) {
  const Descriptor names = open_or_throw(folder, O_RDONLY | O_DIRECTORY);
  if (fsync(names.number()) != 0) throw system_error("fsync " + folder.string());
}

std::string read_whole(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

FileDisk::FileDisk(const fs::path& folder, std::string_view protocol)
    : folder_(folder),
      path_(folder / "records"),
      header_(fmt::format("octet records 1 {}\n", protocol)) {
  fs::create_directories(folder_);
  lock();
  open_file();
}

void FileDisk::lock() {
  lock_ = open_or_throw(folder_ / "lock", O_RDWR | O_CREAT);
  if (flock(lock_.number(), LOCK_EX | LOCK_NB) == 0) return;
  throw DiskError(fmt::format("another process uses the data in {}", folder_.string()));
}

void FileDisk::open_file() {
  if (!fs::exists(path_)) replace({});
  const std::string content = read_whole(path_);
  if (!content.starts_with(header_)) {
    throw DiskError(fmt::format("the data in {} is not this protocol's: it begins with \"{}\"",
                                folder_.string(), content.substr(0, content.find('\n'))));
  }
  const auto scanned = record_file::scan(std::string_view(content).substr(header_.size()));
  const std::size_t sound = header_.size() + scanned.sound_bytes;
  if (scanned.is_damaged) {
    throw DiskError(fmt::format(
        "record {} in {} was damaged, at byte {}, and others follow it; nothing was changed",
        scanned.records.size() + 1, path_.string(), sound));
  }
  if (!file_.is_open()) file_ = open_or_throw(path_, O_WRONLY | O_APPEND);
  torn_bytes_ = content.size() - sound;
  if (torn_bytes_ == 0) return;
  if (ftruncate(file_.number(), static_cast<off_t>(sound)) != 0) {
    throw system_error("truncate " + path_.string());
  }
  flush(file_, path_);
}

std::vector<Bytes> FileDisk::read() const {
  const std::string content = read_whole(path_);
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
    append(file_, std::exchange(batch, {}), path_);
    std::vector<Bytes> records = read();
    std::erase_if(records, [&](const Bytes& record) { return record.starts_with(write.bytes); });
    records.insert(records.end(), write.records.begin(), write.records.end());
    replace(records);
  }
  append(file_, batch, path_);
  flush(file_, path_);
}

/// A crash leaves the old file or the new one, whole.
void FileDisk::replace(const std::vector<Bytes>& records) {
  std::string content = header_;
  for (const Bytes& record : records) record_file::append(content, record);
  const fs::path next = folder_ / "records.new";
  Descriptor file = open_or_throw(next, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND);
  append(file, content, next);
  flush(file, next);
  fs::rename(next, path_);
  file_ = std::move(file);
  sync_folder(folder_);
}

}  // namespace octet

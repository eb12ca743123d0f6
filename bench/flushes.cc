#include "bench/flushes.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <stdexcept>
#include <string>
#include <system_error>

#include "runtime/descriptor.h"

namespace octet::bench {
namespace {

std::system_error failed(const std::string& attempt) {
  return {errno, std::generic_category(), attempt};
}

}  // namespace

double flushes_per_second(const std::filesystem::path& folder, std::size_t record_bytes,
                          double seconds) {
  using Clock = std::chrono::steady_clock;
  const std::string name = (folder / "plain").string();
  const Descriptor file(open(name.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  if (!file.is_open()) throw failed("open " + name);
  const std::string record(record_bytes, 'x');
  int count = 0;
  std::chrono::duration<double> taken{};
  for (const auto start = Clock::now(); taken.count() < seconds; taken = Clock::now() - start) {
    if (write(file.number(), record.data(), record.size()) < 0) throw failed("write " + name);
    if (fdatasync(file.number()) != 0) throw failed("flush " + name);
    ++count;
  }
  return count / taken.count();
}

void refuse_memory(const std::filesystem::path& folder) {
  struct statfs about {};
  if (statfs(folder.c_str(), &about) != 0) throw failed("look at " + folder.string());
  if (about.f_type == TMPFS_MAGIC || about.f_type == RAMFS_MAGIC) {
    throw std::runtime_error(folder.string() +
                             " is kept in memory; name a folder on a disk with --folder");
  }
}

}  // namespace octet::bench

#include "runtime/storage/file_disk.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <fstream>
#include <iterator>
#include <system_error>

#include "runtime/descriptor.h"
#include "runtime/storage/record_file.h"
#include "runtime/temporary_folder.h"

namespace octet {
namespace {

namespace fs = std::filesystem;

struct Folder : TemporaryFolder {
  fs::path records() const { return path() / "records"; }
};

AnyEffect persist(Bytes record) {
  return {.kind = AnyEffect::Kind::persist, .bytes = std::move(record)};
}

AnyEffect compact(Bytes prefix, std::vector<Bytes> records) {
  return {
      .kind = AnyEffect::Kind::compact, .bytes = std::move(prefix), .records = std::move(records)};
}

std::string content(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void overwrite(const fs::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

std::string problem(const fs::path& folder, std::string_view protocol = "test") {
  try {
    const FileDisk disk(folder, protocol);
    return "";
  } catch (const DiskError& error) {
    return error.what();
  }
}

const std::vector<Bytes> three = {"one", "", std::string("\0\xff three", 8)};

void write_three(const fs::path& folder) {
  FileDisk disk(folder, "test");
  disk.write(std::vector{persist(three[0]), persist(three[1]), persist(three[2])});
}

TEST(FileDisk, RecordsComeBackInOrder) {
  const Folder folder;
  write_three(folder.path());
  FileDisk disk(folder.path(), "test");
  EXPECT_EQ(disk.read(), three);
  EXPECT_EQ(disk.torn_bytes(), 0U);
  disk.write(std::vector{persist("four")});
  EXPECT_EQ(disk.read().size(), 4U);
}

TEST(FileDisk, ACompactReplacesWhatItNames) {
  const Folder folder;
  FileDisk disk(folder.path(), "test");
  disk.write(std::vector{persist("a1"), persist("b1"), compact("a", {"a2"}), persist("a3")});
  EXPECT_EQ(disk.read(), (std::vector<Bytes>{"b1", "a2", "a3"}));
  disk.write(std::vector{compact("", {"all"})});
  EXPECT_EQ(disk.read(), std::vector<Bytes>{"all"});
  disk.write(std::vector{persist("more")});
  EXPECT_EQ(disk.read(), (std::vector<Bytes>{"all", "more"}));
}

TEST(FileDisk, ATornLastRecordIsCutOff) {
  const Folder folder;
  write_three(folder.path());
  const std::string whole = content(folder.records());
  const std::size_t last = 12 + three[2].size();
  for (std::size_t torn = 1; torn < last; ++torn) {
    overwrite(folder.records(), whole.substr(0, whole.size() - torn));
    FileDisk disk(folder.path(), "test");
    EXPECT_EQ(disk.read(), (std::vector<Bytes>{three[0], three[1]}));
    EXPECT_EQ(disk.torn_bytes(), last - torn);
    disk.write(std::vector{persist("next")});
    EXPECT_EQ(disk.read().back(), "next");
  }
}

TEST(FileDisk, ALengthThatWasDurableBeforeItsBytesIsTornToo) {
  const Folder folder;
  write_three(folder.path());
  overwrite(folder.records(), content(folder.records()) + std::string(100, '\0'));
  FileDisk disk(folder.path(), "test");
  EXPECT_EQ(disk.read(), three);
  EXPECT_EQ(disk.torn_bytes(), 100U);
}

TEST(FileDisk, DamageInTheMiddleIsRefusedAndNothingIsLost) {
  const Folder folder;
  write_three(folder.path());
  std::string damaged = content(folder.records());
  damaged[damaged.find("one")] = 'O';
  overwrite(folder.records(), damaged);
  EXPECT_EQ(problem(folder.path()), "record 1 in " + folder.records().string() +
                                        " was damaged, at byte 21, and others follow it; nothing "
                                        "was changed");
  EXPECT_EQ(content(folder.records()), damaged);
}

TEST(FileDisk, DataOfAnotherProtocolIsRefused) {
  const Folder folder;
  write_three(folder.path());
  const std::string before = content(folder.records());
  EXPECT_EQ(problem(folder.path(), "raft"), "the data in " + folder.path().string() +
                                                " is not this protocol's: it begins with \"octet "
                                                "records 1 test\"");
  EXPECT_EQ(content(folder.records()), before);
}

TEST(FileDisk, TwoProcessesCannotShareIt) {
  const Folder folder;
  const FileDisk disk(folder.path(), "test");
  EXPECT_EQ(problem(folder.path()), "another process uses the data in " + folder.path().string());
}

TEST(FileDisk, ACrashDuringACompactLeavesTheOldRecords) {
  const Folder folder;
  write_three(folder.path());
  overwrite(folder.path() / "records.new", "half a new fi");
  FileDisk disk(folder.path(), "test");
  EXPECT_EQ(disk.read(), three);
  disk.write(std::vector{compact("", {"new"})});
  EXPECT_EQ(disk.read(), std::vector<Bytes>{"new"});
}

auto open_descriptors() {
  return std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator());
}

TEST(FileDisk, AFailedCompactLeavesTheRecordsAndTheirFile) {
  const Folder folder;
  write_three(folder.path());
  fs::create_directory(folder.path() / "records.new");  // where the new file would be
  Descriptor other;
  {
    FileDisk disk(folder.path(), "test");
    EXPECT_THROW(disk.write(std::vector{compact("", {"new"})}), std::system_error);
    other = Descriptor(open("/dev/null", O_RDONLY | O_CLOEXEC));
    disk.write(std::vector{persist("four")});
    EXPECT_EQ(disk.read(), (std::vector<Bytes>{three[0], three[1], three[2], "four"}));
  }
  EXPECT_NE(fcntl(other.number(), F_GETFD), -1) << "the disk has closed what is not its own";
}

TEST(FileDisk, AFullDiskLeavesNoDescriptorOpen) {
  const Folder folder;
  const auto before = open_descriptors();
  rlimit unlimited{};
  getrlimit(RLIMIT_FSIZE, &unlimited);
  const auto previous = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit nothing{0, unlimited.rlim_max};
  setrlimit(RLIMIT_FSIZE, &nothing);
  const auto fill = [&] { const FileDisk disk(folder.path(), "test"); };
  EXPECT_THROW(fill(), std::system_error);
  setrlimit(RLIMIT_FSIZE, &unlimited);
  std::signal(SIGXFSZ, previous);
  EXPECT_EQ(open_descriptors(), before);
}

TEST(RecordFile, AnySingleChangedByteIsNoticed) {
  std::string file;
  for (const Bytes& record : three) record_file::append(file, record);
  for (std::size_t at = 0; at < file.size(); ++at) {
    std::string changed = file;
    changed[at] = static_cast<char>(changed[at] ^ 0x10);
    EXPECT_NE(record_file::scan(changed).records, three) << "byte " << at;
    EXPECT_LT(record_file::scan(changed).sound_bytes, file.size());
  }
}

}  // namespace
}  // namespace octet

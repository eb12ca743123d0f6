#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace octet::grading {

/// A folder that is gone with its owner.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

std::string contents(const std::string& file);

/// The grader under test as a running program. Everything that it starts can be found by a mark in
/// its environment.
class EvilRun {
 public:
  explicit EvilRun(std::vector<std::string> arguments);
  ~EvilRun();  // kills what is left of it

  pid_t process() const { return process_; }
  /// The exit status; negative: the signal that killed it.
  int wait();
  std::string out() const { return contents(folder_.file("out")); }
  std::string err() const { return contents(folder_.file("err")); }

  /// Temporary files of this run are there.
  bool left_files() const;

  /// All living processes of this run, also those that left its process tree.
  std::vector<pid_t> processes() const;
  /// Returns when a test process is at work, or none can come any more.
  void wait_for_test_process() const;
  /// Returns when no process of this run is alive; false if that does not come about.
  bool wait_until_gone() const;

 private:
  TemporaryFolder folder_;
  std::string mark_;
  pid_t process_ = -1;
};

}  // namespace octet::grading

#include "graders/dsl/tests/evil_run.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <thread>

namespace octet::grading {
namespace {

bool is_number(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void redirect(int descriptor, const std::string& file) {
  const int opened = open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (opened < 0 || dup2(opened, descriptor) < 0) _exit(127);
}

/// Looks again and again, for as long as a busy machine may need.
template <class Condition>
bool becomes_true(const Condition& condition) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::yield();
  }
  return true;
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "octet-XXXXXX").string();
  path_ = mkdtemp(name.data());
}

TemporaryFolder::~TemporaryFolder() {
  std::filesystem::remove_all(path_);
}

std::string contents(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

EvilRun::EvilRun(std::vector<std::string> arguments) : mark_("EVIL_RUN=" + folder_.file("mark")) {
  std::filesystem::create_directory(folder_.file("tmp"));
  process_ = fork();
  if (process_ != 0) return;
  putenv(mark_.data());
  setenv("TMPDIR", folder_.file("tmp").c_str(), 1);
  redirect(STDOUT_FILENO, folder_.file("out"));
  redirect(STDERR_FILENO, folder_.file("err"));
  arguments.insert(arguments.begin(), GRADER_UNDER_TEST);
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  execv(GRADER_UNDER_TEST, pointers.data());
  _exit(127);
}

EvilRun::~EvilRun() {
  for (const pid_t process : processes()) kill(process, SIGKILL);
  if (process_ > 0) waitpid(process_, nullptr, 0);
}

int EvilRun::wait() {
  int status = 0;
  waitpid(process_, &status, 0);
  process_ = -1;
  return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

bool EvilRun::left_files() const {
  return !std::filesystem::is_empty(folder_.file("tmp"));
}

std::vector<pid_t> EvilRun::processes() const {
  std::vector<pid_t> found;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string name = entry.path().filename().string();
    if (!is_number(name)) continue;
    // A dead process has no environment any more.
    const bool marked = contents(entry.path() / "environ").find(mark_) != std::string::npos;
    if (marked) found.push_back(std::stoi(name));
  }
  return found;
}

void EvilRun::wait_for_test_process() const {
  becomes_true([this] {
    const std::vector<pid_t> alive = processes();
    return std::any_of(alive.begin(), alive.end(), [](pid_t process) {
      const std::string arguments = contents("/proc/" + std::to_string(process) + "/cmdline");
      return arguments.find("--run-one") != std::string::npos;
    });
  });
}

bool EvilRun::wait_until_gone() const {
  return becomes_true([this] { return processes().empty(); });
}

}  // namespace octet::grading

#include "bench/process.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <chrono>
#include <csignal>
#include <fstream>
#include <stdexcept>
#include <system_error>
#include <thread>

namespace octet::bench {
namespace {

using asio::ip::tcp;

tcp::endpoint loopback(std::uint16_t port) {
  return {asio::ip::address_v4::loopback(), port};
}

/// The child's side of starting a program. Returns only as an exit status.
[[noreturn]] void become(const std::vector<std::string>& command, int output,
                         const Process::Options& options) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (dup2(output, STDOUT_FILENO) < 0 || null < 0 || dup2(null, STDERR_FILENO) < 0) _exit(127);
  if (options.cpu) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(static_cast<unsigned>(*options.cpu), &set);
    sched_setaffinity(0, sizeof set, &set);
  }
  if (options.max_descriptors != 0) {
    const rlimit limit{options.max_descriptors, options.max_descriptors};
    setrlimit(RLIMIT_NOFILE, &limit);
  }
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  execvp(arguments[0], arguments.data());
  _exit(127);
}

pid_t start(const std::vector<std::string>& command, int output, const Process::Options& options) {
  const pid_t pid = fork();
  if (pid < 0) throw std::system_error(errno, std::generic_category(), "start " + command[0]);
  if (pid == 0) become(command, output, options);
  return pid;
}

}  // namespace

Process::Process(const std::vector<std::string>& command, Options options) {
  const int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (null < 0) throw std::system_error(errno, std::generic_category(), "open /dev/null");
  pid_ = start(command, null, options);
  close(null);
}

Process::~Process() {
  if (pid_ < 0) return;
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
}

bool Process::running() {
  if (pid_ >= 0 && waitpid(pid_, nullptr, WNOHANG) == pid_) pid_ = -1;
  return pid_ >= 0;
}

std::size_t Process::resident_memory() const {
  std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
  for (std::string word; status >> word;) {
    if (word != "VmRSS:") continue;
    std::size_t kibibytes = 0;
    status >> kibibytes;
    return kibibytes * 1024;
  }
  return 0;
}

std::string output_of(const std::vector<std::string>& command, std::optional<int> cpu) {
  int pipe_ends[2];
  if (pipe2(pipe_ends, O_CLOEXEC) != 0) {
    throw std::system_error(errno, std::generic_category(), "pipe for " + command[0]);
  }
  const pid_t pid = start(command, pipe_ends[1], {.cpu = cpu, .max_descriptors = 0});
  close(pipe_ends[1]);
  std::string output;
  char chunk[4096];
  for (ssize_t got = 0; (got = read(pipe_ends[0], chunk, sizeof chunk)) > 0;) {
    output.append(chunk, static_cast<std::size_t>(got));
  }
  close(pipe_ends[0]);
  int status = 0;
  waitpid(pid, &status, 0);
  if (status != 0) {
    throw std::runtime_error(command[0] + " failed; is its package installed?");
  }
  return output;
}

std::uint16_t free_port() {
  asio::io_context io;
  return tcp::acceptor(io, loopback(0)).local_endpoint().port();
}

void wait_until_listening(Process& process, std::uint16_t port) {
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (process.running() && std::chrono::steady_clock::now() < give_up) {
    asio::io_context io;
    tcp::socket probe(io);
    std::error_code failed;
    probe.connect(loopback(port), failed);
    if (!failed) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  throw std::runtime_error("nothing came to listen on port " + std::to_string(port));
}

}  // namespace octet::bench

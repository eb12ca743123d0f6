#include "bench/process.h"

#include <sched.h>

#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <chrono>
#include <fstream>
#include <set>
#include <stdexcept>
#include <thread>
#include <utility>

namespace octet::bench {
namespace {

using asio::ip::tcp;

tcp::endpoint loopback(std::uint16_t port) {
  return {asio::ip::address_v4::loopback(), port};
}

}  // namespace

Launch quiet(std::vector<std::string> command, std::optional<int> cpu) {
  Launch launch{.command = std::move(command),
                .output = Launch::Output::nowhere,
                .errors = Launch::Output::nowhere};
  if (cpu) {
    launch.prepare = [cpu = static_cast<unsigned>(*cpu)] {
      cpu_set_t set;
      CPU_ZERO(&set);
      CPU_SET(cpu, &set);
      sched_setaffinity(0, sizeof set, &set);
    };
  }
  return launch;
}

std::size_t resident_memory(const ChildProcess& process) {
  std::ifstream status("/proc/" + std::to_string(process.pid()) + "/status");
  for (std::string word; status >> word;) {
    if (word != "VmRSS:") continue;
    std::size_t kibibytes = 0;
    status >> kibibytes;
    return kibibytes * 1024;
  }
  return 0;
}

std::string output_of(const std::vector<std::string>& command, std::optional<int> cpu) {
  Launch launch = quiet(command, cpu);
  launch.output = Launch::Output::pipe;
  ChildProcess process(launch);
  std::string output;
  while (const auto line = process.read_line()) output += *line + "\n";
  if (process.wait() != Ending{}) throw std::runtime_error(command[0] + " failed");
  return output;
}

std::uint16_t free_port() {
  asio::io_context io;
  return tcp::acceptor(io, loopback(0)).local_endpoint().port();
}

std::vector<std::uint16_t> free_ports(std::size_t count) {
  std::set<std::uint16_t> ports;
  while (ports.size() < count) ports.insert(free_port());
  return {ports.begin(), ports.end()};
}

void wait_until_listening(ChildProcess& process, std::uint16_t port) {
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (process.is_running() && std::chrono::steady_clock::now() < give_up) {
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

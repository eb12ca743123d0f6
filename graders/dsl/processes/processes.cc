#include "graders/dsl/processes/processes.h"

#include <fmt/format.h>
#include <unistd.h>

#include <asio/buffer.hpp>
#include <asio/co_spawn.hpp>
#include <asio/write.hpp>
#include <csignal>
#include <system_error>
#include <utility>

#include "graders/dsl/graded_test.h"
#include "runtime/tcp/frames.h"
#include "runtime/tcp/spawn.h"

namespace octet::grading {
namespace {

using namespace std::chrono_literals;
using asio::ip::tcp;
using std::chrono::steady_clock;

/// An address of this machine that no other test has at the same time.
asio::ip::address_v4 own_address() {
  constexpr std::uint32_t loopback = 0x7f800000;  // 127.128.0.0
  return asio::ip::address_v4(loopback | (static_cast<std::uint32_t>(getpid()) & 0x7fffff));
}

/// The first one from there that is free. Below those that the system gives to connections, or one
/// of these might take the port of a node that is down.
tcp::endpoint free_from(asio::io_context& io, std::uint16_t port) {
  const tcp::endpoint place(own_address(), port);
  try {
    const tcp::acceptor listens(io, place);
    return place;
  } catch (const std::system_error&) {
    return free_from(io, static_cast<std::uint16_t>(port + 1));
  }
}

std::string names(const std::vector<NodeId>& nodes) {
  std::string all;
  for (const NodeId id : nodes) all += fmt::format("{}{}", all.empty() ? "" : ", ", id.value);
  return all;
}

}  // namespace

Processes::Processes(Options options, Random random)
    : options_(std::move(options)), random_(random) {
  std::uint16_t port = 20'000;
  for (const NodeId id : options_.nodes) {
    nodes_[id] = free_from(io_, static_cast<std::uint16_t>(port + 1));
    port = nodes_[id].port();
  }
}

void Processes::start(NodeId id) {
  NodePlan plan{.id = id,
                .protocol = options_.protocol,
                .make = [id, &make = options_.make] { return make(id); },
                .nodes = nodes_,
                .data = folder_.path() / std::to_string(id.value)};
  processes_[id] = std::make_unique<ServerProcess>(
      start_node(std::move(plan)), ServerProcess::Options{.name = options_.name(id)});
  open_door(id);
  options_.on_start(id);
}

void Processes::kill(const std::vector<NodeId>& nodes) {
  tell(fmt::format("kill -9 {}", names(nodes)));
  // All of them before one is waited for: a power cut takes no turns.
  for (const NodeId id : nodes) ::kill(processes_.at(id)->pid(), SIGKILL);
  for (const NodeId id : nodes) {
    processes_.erase(id);
    doors_.erase(id);
  }
}

void Processes::pause(const std::vector<NodeId>& nodes) {
  tell(fmt::format("SIGSTOP {}", names(nodes)));
  for (const NodeId id : nodes) processes_.at(id)->pause();
}

void Processes::cut(const std::vector<NodeId>& these, const std::vector<NodeId>& those) {
  tell(fmt::format("cut off {}", names(these)));
  for (const NodeId id : these) say(id, CutOff{those});
}

void Processes::make_whole() {
  for (const auto& [id, process] : processes_) {
    process->resume();
    say(id, CutOff{});
  }
  std::vector<NodeId> down;
  for (const auto& [id, place] : nodes_) {
    if (!is_up(id)) down.push_back(id);
  }
  // Who comes first may be the first to act.
  for (; !down.empty(); down.pop_back()) {
    std::swap(down.back(), down[random_.below(down.size())]);
    start(down.back());
  }
}

void Processes::open_door(NodeId id) {
  auto door = std::make_shared<tcp::socket>(io_);
  door->connect({asio::ip::address_v4::loopback(), processes_.at(id)->port()});
  door->set_option(tcp::no_delay(true));
  doors_[id] = door;
  asio::co_spawn(io_, listen(id, door), octet::tcp::rethrow);
}

void Processes::say(NodeId id, const AtTheDoor& what) {
  std::string frame;
  octet::tcp::append_frame(frame, encode(what));
  asio::error_code gone;  // it has ended, as the next look at its process tells
  asio::write(*doors_.at(id), asio::buffer(frame), gone);
}

asio::awaitable<void> Processes::listen(NodeId id, Door door) {
  octet::tcp::FrameReader outputs(*door);
  while (const auto frame = co_await outputs.next()) {
    const auto open = doors_.find(id);
    if (open == doors_.end() || open->second != door) co_return;  // what is left of an earlier life
    options_.on_output(id, *frame);
  }
}

void Processes::run_once() {
  io_.run_one_for(10ms);
  if (io_.stopped()) io_.restart();
  for (const auto& [id, process] : processes_) {
    if (const auto how = process->ended()) fail(fmt::format("{}: {}", process->name(), *how));
  }
}

void Processes::run_for(std::chrono::milliseconds time) {
  const auto end = steady_clock::now() + time;
  while (steady_clock::now() < end) run_once();
}

bool Processes::run_until(const std::function<bool()>& condition,
                          const std::function<void()>& slow_down) {
  for (const auto time : {8s, 10s, 12s}) {
    const auto end = steady_clock::now() + time;
    while (steady_clock::now() < end) {
      run_once();
      if (condition()) return true;
    }
    slow_down();
  }
  return false;
}

std::vector<NodeId> some(std::vector<NodeId> of, std::size_t count, Random& random) {
  for (std::size_t i = 0; i < count; ++i) std::swap(of[i], of[i + random.below(of.size() - i)]);
  of.resize(count);
  return of;
}

}  // namespace octet::grading

#include "graders/dsl/net/patience.h"

#include <poll.h>

#include "graders/dsl/net/server_process.h"

namespace octet::grading {
namespace {

using namespace std::chrono_literals;

// Between two looks at the process; what is waited for on a socket ends a wait at once.
constexpr int look_every_ms = 4;

// More than any honest answer costs, even with sanitizers. It is the server's own processor time,
// so a busy machine does not shorten it.
constexpr auto enough_cpu = 3s;
constexpr auto enough_time = 30s;

}  // namespace

Patience::Patience(ServerProcess& server, std::chrono::milliseconds window)
    : server_(&server), watch_(server.pid(), server.port(), window) {
  progress();
}

std::optional<Patience::Over> Patience::wait(int socket, short events) {
  pollfd interest{.fd = socket, .events = events, .revents = 0};
  poll(&interest, 1, look_every_ms);
  if (interest.revents & events) return std::nullopt;
  if (server_->ended()) return Over::ended;
  if (watch_.sample()) return Over::idle;
  if (cpu_time_of(server_->pid()) - cpu_ > enough_cpu) return Over::busy;
  if (std::chrono::steady_clock::now() - since_ > enough_time) return Over::stuck;
  return std::nullopt;
}

void Patience::progress() {
  cpu_ = cpu_time_of(server_->pid());
  since_ = std::chrono::steady_clock::now();
}

}  // namespace octet::grading

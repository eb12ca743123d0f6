#include "tools/tests/desk.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace octet::cluster {
namespace {

/// Below the ports that the system gives away, and as far as can be apart from those of tests that
/// run beside us.
void find_ports(asio::io_context& io, Setup& setup) {
  constexpr int ports = 32;  // of a cluster, at most
  for (int place = getpid() % 800;; place = (place + 1) % 800) {
    setup.first_port = static_cast<std::uint16_t>(4'000 + ports * place);
    const auto resp = static_cast<std::uint16_t>(setup.first_port + ports / 2 + ports / 4);
    if (setup.serve) setup.serve = resp;
    if (setup.gateway) setup.gateway->port = resp;
    if (!taken_port(io, setup)) return;
  }
}

}  // namespace

Desk::Desk(Setup setup) : setup_(std::move(setup)) {
  setup_.data = folder_.path();
  find_ports(io_, setup_);
  cluster_ = std::make_unique<Cluster>(io_, setup_,
                                       [this](const std::string& line) { said_.push_back(line); });
  cluster_->start();
}

bool Desk::hear(const std::string& line) {
  return hear_one([&](const std::string& said) { return said == line; });
}

bool Desk::hear_of(const std::string& words) {
  return hear_one([&](const std::string& said) { return said.find(words) != std::string::npos; });
}

void Desk::restart(const std::string& who) {
  said_.clear();
  type("restart " + who);
  ASSERT_TRUE(hear_of("is ready"));
}

bool Desk::hear_one(const std::function<bool(const std::string&)>& is_it) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (std::chrono::steady_clock::now() < end) {
    const auto found = std::ranges::find_if(said_, is_it);
    if (found != said_.end()) {
      said_.erase(said_.begin(), found + 1);
      return true;
    }
    io_.run_one_for(std::chrono::milliseconds(100));
    if (io_.stopped()) io_.restart();
  }
  return false;
}

}  // namespace octet::cluster

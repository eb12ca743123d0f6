#include "bench/stage4/etcd.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>
#include <set>
#include <stdexcept>
#include <thread>
#include <utility>

#include "bench/process.h"
#include "bench/stage4/etcd_client.h"
#include "runtime/check.h"
#include "runtime/temporary_folder.h"

namespace octet::bench {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t members = 3;
constexpr auto patience = 30s;  // for a leader

/// All at once: one alone may be given twice.
std::vector<std::uint16_t> free_ports(std::size_t count) {
  std::set<std::uint16_t> ports;
  while (ports.size() < count) ports.insert(free_port());
  return {ports.begin(), ports.end()};
}

std::string url(std::uint16_t port) {
  return fmt::format("http://127.0.0.1:{}", port);
}

std::string last_line(const std::filesystem::path& file) {
  std::ifstream lines(file);
  std::string last = "it wrote nothing";
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty()) last = line;
  }
  return last;
}

/// Its messages go to a file: nobody reads a pipe while puts are measured.
Launch logged(std::vector<std::string> command, const std::filesystem::path& log) {
  Launch launch = quiet(std::move(command), std::nullopt);
  launch.own_group = true;  // Ctrl-C ends us, and that ends it
  launch.prepare = [name = log.string()] {
    const int file = open(name.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file >= 0) dup2(file, STDERR_FILENO);
  };
  return launch;
}

struct Member {
  std::string name;
  std::uint16_t clients_port = 0;
  std::uint16_t members_port = 0;
  std::filesystem::path log;
  std::unique_ptr<ChildProcess> process;
};

/// What a member says of the cluster; nothing when it does not answer.
std::optional<etcdserverpb::StatusResponse> status(const Member& member) {
  const auto stub = etcdserverpb::Maintenance::NewStub(grpc_channel(member.clients_port));
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + 1s);
  etcdserverpb::StatusResponse response;
  if (!stub->Status(&context, {}, &response).ok()) return std::nullopt;
  return response;
}

class Etcd : public Store {
 public:
  explicit Etcd(const std::filesystem::path& folder) : folder_(folder) {
    const auto ports = free_ports(2 * members);
    for (std::size_t i = 0; i < members; ++i) {
      const std::string name = fmt::format("m{}", i + 1);
      members_[i] = {name, ports[2 * i], ports[2 * i + 1], folder_.path() / (name + ".log"), {}};
    }
    for (Member& member : members_) start(member);
    for (Member& member : members_) wait_for(member);
    find_leader();
  }

  std::unique_ptr<Client> connect(Through through, int connections) override {
    const std::size_t member = through == Through::leader ? leader_ : (leader_ + 1) % members;
    return std::make_unique<EtcdClient>(members_[member].clients_port, connections);
  }

  void kill_leader() override { members_[leader_].process->kill(); }

  void check() override {
    for (Member& member : members_) {
      if (member.process->is_running()) continue;
      const Ending ending = member.process->wait();
      const std::string why =
          ending.signal != 0 ? fmt::format("signal {}", ending.signal) : last_line(member.log);
      throw std::runtime_error(fmt::format("member {} has ended ({})", member.name, why));
    }
  }

 private:
  void start(Member& member) {
    std::string cluster;
    for (const Member& each : members_) {
      cluster += (cluster.empty() ? "" : ",") + each.name + "=" + url(each.members_port);
    }
    member.process = std::make_unique<ChildProcess>(
        logged({"etcd", "--name", member.name, "--data-dir",
                (folder_.path() / member.name).string(), "--listen-client-urls",
                url(member.clients_port), "--advertise-client-urls", url(member.clients_port),
                "--listen-peer-urls", url(member.members_port), "--initial-advertise-peer-urls",
                url(member.members_port), "--initial-cluster", cluster, "--log-level", "error"},
               member.log));
  }

  void wait_for(Member& member) {
    try {
      wait_until_listening(*member.process, member.clients_port);
    } catch (const std::runtime_error& error) {
      check();  // knows more
      throw std::runtime_error(
          fmt::format("member {} does not start: {}", member.name, error.what()));
    }
  }

  void find_leader() {
    const auto give_up = Clock::now() + patience;
    while (!all_agree()) {
      check();
      if (Clock::now() > give_up) throw std::runtime_error("its members agree on no leader");
      std::this_thread::sleep_for(5ms);
    }
  }

  /// And then leader_ is the one.
  bool all_agree() {
    std::set<std::uint64_t> named;
    std::optional<std::size_t> leads;
    for (std::size_t i = 0; i < members; ++i) {
      const auto said = status(members_[i]);
      if (!said || said->leader() == 0) return false;
      named.insert(said->leader());
      if (said->leader() == said->header().member_id()) leads = i;
    }
    if (named.size() != 1 || !leads) return false;
    leader_ = *leads;
    return true;
  }

  TemporaryFolder folder_;
  std::array<Member, members> members_;
  std::size_t leader_ = 0;
};

}  // namespace

std::unique_ptr<Store> start_etcd(const std::filesystem::path& folder) {
  return std::make_unique<Etcd>(folder);
}

}  // namespace octet::bench

#include "bench/stage4/octet.h"

#include <fmt/format.h>

#include <array>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <deque>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "bench/process.h"
#include "runtime/storage/file_disk.h"
#include "runtime/tcp/runner.h"
#include "runtime/temporary_folder.h"
#include "stage4-raft/api/solution.h"

namespace octet::bench {
namespace {

using namespace std::chrono_literals;
using asio::ip::tcp;

constexpr std::uint32_t servers = 3;
constexpr std::array<std::uint32_t, 2> client_ids = {100, 101};
constexpr auto patience = 30s;  // for a leader

using Ports = std::map<NodeId, tcp::endpoint>;

tcp::endpoint loopback(std::uint16_t port) {
  return {asio::ip::address_v4::loopback(), port};
}

/// The servers' client as a node of this process.
class OctetClient : public Client {
 public:
  OctetClient(NodeId id, Ports nodes, const std::filesystem::path& folder, NodeId first) {
    kv::ClientConfig config;
    config.servers = {first};
    for (std::uint32_t server = 1; server <= servers; ++server) {
      if (server != first.value) config.servers.emplace_back(server);
    }
    const tcp::endpoint own = nodes.extract(id).mapped();
    runner_ = std::make_unique<octet::tcp::Runner>(
        io_, octet::tcp::RunnerOptions{id, "octet store", own, std::move(nodes)},
        kv::make_kv_client(config),
        std::make_unique<FileDisk>(folder / std::to_string(id.value), "octet store"));
    runner_->on_output = [this](const Bytes& bytes) { hear(bytes); };
    runner_->start();
  }

  void put(std::size_t id, const std::string& key, const std::string& value) override {
    ids_[++last_number_] = id;
    runner_->input(encode(kv::ClientInput(kv::Call{last_number_, kv::Put{key, value}})));
  }

  std::optional<Answer> next(Clock::time_point until) override {
    while (answers_.empty()) {
      if (io_.run_one_until(until) == 0) return std::nullopt;
    }
    Answer answer = std::move(answers_.front());
    answers_.pop_front();
    return answer;
  }

 private:
  void hear(const Bytes& bytes) {
    kv::ClientOutput output;
    decode(bytes, output);
    const auto number = std::visit([](const auto& end) { return end.number; }, output);
    Answer answer{.id = ids_.extract(number).mapped(), .error = {}};
    if (!std::holds_alternative<kv::Done>(output)) answer.error = "it is not done";
    answers_.push_back(std::move(answer));
  }

  asio::io_context io_{1};
  std::unique_ptr<octet::tcp::Runner> runner_;
  std::uint64_t last_number_ = 0;
  std::map<std::uint64_t, std::size_t> ids_;  // by the number of a call under way
  std::deque<Answer> answers_;
};

/// What a server says of itself; nothing when it does not answer.
std::optional<nlohmann::json> view_of(std::uint16_t control) {
  tcp::iostream server;
  server.expires_after(1s);
  server.connect(loopback(control));
  server << "view\n" << std::flush;
  for (std::string line; std::getline(server, line);) {
    if (line.starts_with("{")) return nlohmann::json::parse(line);
  }
  return std::nullopt;
}

class Octet : public Store {
 public:
  Octet(const std::filesystem::path& program, const std::filesystem::path& folder)
      : folder_(folder), ports_(free_ports(2 * servers + client_ids.size())) {
    for (std::uint32_t id = 1; id <= servers; ++id) start(program, id);
    for (std::uint32_t id = 1; id <= servers; ++id) {
      wait_until_listening(*processes_[id - 1], control_port(id));
    }
    find_leader();
  }

  std::unique_ptr<Client> connect(Through through, int) override {
    const std::uint32_t first = through == Through::leader ? leader_ : leader_ % servers + 1;
    return std::make_unique<OctetClient>(client_ids.at(clients_++), nodes(), folder_.path(), first);
  }

  void kill_leader() override { processes_[leader_ - 1]->kill(); }

  void check() override {
    for (std::uint32_t id = 1; id <= servers; ++id) {
      if (processes_[id - 1]->is_running()) continue;
      const Ending ending = processes_[id - 1]->wait();
      throw std::runtime_error(fmt::format("server {} has ended (signal {}, exit code {})", id,
                                           ending.signal, ending.exit_code));
    }
  }

 private:
  std::uint16_t control_port(std::uint32_t id) const { return ports_[servers + id - 1]; }

  Ports nodes() const {
    Ports nodes;
    for (std::uint32_t id = 1; id <= servers; ++id) nodes[id] = loopback(ports_[id - 1]);
    for (std::size_t i = 0; i < client_ids.size(); ++i) {
      nodes[client_ids[i]] = loopback(ports_[2 * servers + i]);
    }
    return nodes;
  }

  void start(const std::filesystem::path& program, std::uint32_t id) {
    std::vector<std::string> command = {program.string(), "--id", std::to_string(id), "--nodes"};
    for (const auto& [node, endpoint] : nodes()) {  // servers first
      if (node == NodeId(client_ids.front())) command.emplace_back("--clients");
      command.push_back(fmt::format("{}={}", node.value, endpoint.port()));
    }
    command.insert(command.end(), {"--control", std::to_string(control_port(id)), "--data",
                                   (folder_.path() / std::to_string(id)).string()});
    Launch launch = quiet(std::move(command), std::nullopt);
    launch.own_group = true;  // Ctrl-C ends us, and that ends it
    processes_[id - 1] = std::make_unique<ChildProcess>(launch);
  }

  void find_leader() {
    const auto give_up = Clock::now() + patience;
    while (leader_ == 0) {
      check();
      if (Clock::now() > give_up) throw std::runtime_error("none of its servers leads");
      for (std::uint32_t id = 1; id <= servers; ++id) {
        const auto view = view_of(control_port(id));
        if (view && view->at("raft").at("role") == "leader") leader_ = id;
      }
      std::this_thread::sleep_for(5ms);
    }
  }

  TemporaryFolder folder_;
  std::vector<std::uint16_t> ports_;
  std::array<std::unique_ptr<ChildProcess>, servers> processes_;
  std::uint32_t leader_ = 0;
  std::size_t clients_ = 0;
};

}  // namespace

std::unique_ptr<Store> start_octet(const std::filesystem::path& node_program,
                                   const std::filesystem::path& folder) {
  return std::make_unique<Octet>(node_program, folder);
}

}  // namespace octet::bench

#pragma once

#include <asio/awaitable.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "graders/dsl/net/server_process.h"
#include "graders/dsl/processes/node_process.h"
#include "graders/dsl/random.h"
#include "runtime/temporary_folder.h"

namespace octet::grading {

/// Nodes as real processes, with TCP between them and a folder of records for each, under the hands
/// of a test that kills, stops and cuts, and gives them the inputs of an application.
///
/// Time is the machine's, so a run is not the same twice. What a slow machine changes is how much
/// is done, and may change no verdict.
class Processes {
 public:
  struct Options {
    std::string protocol;
    std::vector<NodeId> nodes;
    std::function<std::unique_ptr<AnyNode>(NodeId)> make;  // in each life; in its process
    std::function<std::string(NodeId)> name;               // for people
    std::function<void(NodeId)> on_start;                  // a life has begun
    std::function<void(NodeId, const Bytes&)> on_output;   // of this life
  };

  /// Nobody runs yet.
  Processes(Options options, Random random);

  bool is_up(NodeId id) const { return processes_.contains(id); }
  void input(NodeId id, const Bytes& input) { say(id, Take{input}); }

  /// kill -9. What it was asked and has not answered, nobody will know of.
  void kill(const std::vector<NodeId>& nodes);
  /// In their tracks; they go on as if nothing had been.
  void pause(const std::vector<NodeId>& nodes);
  /// Nothing gets from these to those, or back.
  void cut(const std::vector<NodeId>& these, const std::vector<NodeId>& those);
  /// Everybody is up, goes on and reaches everybody.
  void make_whole();

  /// The application goes on meanwhile. Fails the test when a process ends that nobody has killed.
  void run_for(std::chrono::milliseconds time);

  /// Runs until the condition holds; false when half a minute is not enough. After some seconds,
  /// and again, `slow_down` is called: a machine with much else to do may need patient nodes.
  bool run_until(const std::function<bool()>& condition, const std::function<void()>& slow_down);

 private:
  using Door = std::shared_ptr<asio::ip::tcp::socket>;

  void start(NodeId id);
  void open_door(NodeId id);
  void say(NodeId id, const AtTheDoor& what);
  asio::awaitable<void> listen(NodeId id, Door door);
  void run_once();

  Options options_;
  Random random_;
  TemporaryFolder folder_;
  asio::io_context io_{1};
  std::map<NodeId, asio::ip::tcp::endpoint> nodes_;
  std::map<NodeId, std::unique_ptr<ServerProcess>> processes_;  // those that are up
  std::map<NodeId, Door> doors_;                                // of these
};

/// So many of these, any of them.
std::vector<NodeId> some(std::vector<NodeId> of, std::size_t count, Random& random);

}  // namespace octet::grading

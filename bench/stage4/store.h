#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace octet::bench {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

/// How a put ended.
struct Answer {
  std::size_t id = 0;                // the one that the put was given
  std::optional<std::string> error;  // none: it is committed
};

/// Puts through one member of a store, over so many connections. One thread: things happen in
/// next() alone. Puts that have not ended when the object ends are forgotten.
class Client {
 public:
  virtual ~Client() = default;

  /// Begins a put and does not wait for it. Of all puts under way none has the same id; those with
  /// the same id go over the same connection. What the store's protocol lets a client do (ask
  /// another member, as it was told) belongs to the put.
  virtual void put(std::size_t id, const std::string& key, const std::string& value) = 0;

  /// The next put that ended; nothing when the time comes first.
  virtual std::optional<Answer> next(Clock::time_point until) = 0;
};

/// A key-value store under measurement: three processes on this machine, which talk over TCP and
/// flush what they promise to the disk. It runs as long as the object; then its processes are
/// killed and their files are gone.
class Store {
 public:
  virtual ~Store() = default;

  /// Through the leader, or through one that follows it.
  enum class Through { leader, follower };
  virtual std::unique_ptr<Client> connect(Through member, int connections) = 0;

  /// SIGKILL. A client through a follower lives on.
  virtual void kill_leader() = 0;

  /// Throws std::runtime_error, saying which and how, when a member has ended.
  virtual void check() = 0;
};

/// A kind of store that takes part. Messages of what it throws need not name it.
struct Contestant {
  std::string name;

  /// A new one with its data below the folder, ready for puts: all members know the leader. Throws
  /// std::runtime_error or std::system_error, in one sentence, when it does not come to that.
  std::function<std::unique_ptr<Store>(const std::filesystem::path& folder)> start;
};

}  // namespace octet::bench

#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "bench/stage3/quorums.h"
#include "runtime/process/child_process.h"
#include "runtime/temporary_folder.h"

namespace octet::bench {

/// What Redis clients can be sent to: processes on this machine, with their data on its disk. They
/// run as long as the object; then they are killed, and their files are gone.
struct Server {
  std::unique_ptr<TemporaryFolder> folder;
  std::vector<std::unique_ptr<ChildProcess>> processes;
  std::uint16_t port = 0;  // on 127.0.0.1
  std::vector<std::string>
      put_options;  // what follows "SET key value" for a write that reads nothing
};

/// Three nodes of the store, each with a copy of every key: processes of `node_program`, a stage's
/// demo/store_node. Clients talk to the first one, which coordinates all requests. Their data is in
/// a new folder below the one that is named. Throws std::runtime_error or std::system_error when a
/// node does not come to listen.
Server start_store(const std::filesystem::path& node_program, const Quorums& quorums,
                   const std::filesystem::path& folder);

/// A redis-server on its own, which flushes each write to the disk before it acknowledges it, as
/// the store does. Throws likewise.
Server start_redis(const std::filesystem::path& folder);

}  // namespace octet::bench

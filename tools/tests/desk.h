#pragma once

#include <asio/io_context.hpp>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/temporary_folder.h"
#include "tools/cluster/cluster.h"

namespace octet::cluster {

/// A cluster under the hands of a test, which types lines and looks at what is printed. Its records
/// are in a folder of its own, and its ports are free.
class Desk {
 public:
  /// `setup` has neither a folder nor ports; where Redis clients find it, it gets some port.
  explicit Desk(Setup setup);

  bool type(std::string_view line) { return cluster_->obey(line); }

  /// Waits until a line is said that is this, or has these words in it. Lines before it are
  /// forgotten. False after a minute: who waits so long has found a mistake.
  bool hear(const std::string& line);
  bool hear_of(const std::string& words);

  /// Waits until the node is ready.
  void restart(const std::string& who);

  bool has_failed() const { return cluster_->has_failed(); }
  const Setup& setup() const { return setup_; }

 private:
  bool hear_one(const std::function<bool(const std::string&)>& is_it);

  TemporaryFolder folder_;
  asio::io_context io_{1};
  Setup setup_;
  std::vector<std::string> said_;
  std::unique_ptr<Cluster> cluster_;
};

}  // namespace octet::cluster

#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "graders/dsl/net/idle.h"

namespace octet::grading {

class ServerProcess;

/// Waiting for something that a server should do, until that is pointless.
///
///     Patience patience(server);
///     while (!it_happened()) patience.wait(socket, POLLIN) or else fail(...)
class Patience {
 public:
  enum class Over {
    ended,  // the process is gone
    idle,   // it waits for something that nobody will send
    busy,   // it has used much processor time without anything to show
    stuck,  // it neither worked nor slept for very long
  };

  explicit Patience(ServerProcess& server,
                    std::chrono::milliseconds window = IdleWatch::usual_window);

  /// Waits a moment, shorter when `events` (of poll(2)) come for the socket (-1: none). Returns why
  /// to give up; what was waited for may have happened just before that, so look once more.
  std::optional<Over> wait(int socket, short events);

  /// True when the server has been asleep at nearly every look of the last second or so.
  bool server_is_ticking() const { return watch_.is_ticking(); }

  /// Something happened: the processor time up to now was well spent.
  void progress();

 private:
  ServerProcess* server_;
  IdleWatch watch_;
  std::chrono::nanoseconds cpu_;
  std::chrono::steady_clock::time_point since_;
};

}  // namespace octet::grading

#include "tools/chaos/event.h"

#include <fmt/format.h>

namespace octet::chaos {

std::string to_line(const Event& event) {
  const double seconds = std::chrono::duration<double>(event.at).count();
  std::string line = fmt::format("{:8.3f}s  ", seconds);
  if (event.connection > 0) line += fmt::format("connection {}  ", event.connection);
  line += event.what;
  if (event.bytes > 0) line += fmt::format(": {} byte{}", event.bytes, event.bytes == 1 ? "" : "s");
  return line;
}

}  // namespace octet::chaos

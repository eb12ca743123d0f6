#pragma once

#include <map>
#include <optional>
#include <string>

#include "graders/stage1-sockets/resp_text.h"
#include "runtime/clock.h"

namespace octet::grading {

/// What the commands mean, as short as it can be said: a map, read from front to back by every
/// command. It knows well-formed commands only. Nothing instead of a reply stands for an error.
class KeyModel {
 public:
  std::optional<RespValue> run(const Words& command, Clock::time_point now);

 private:
  struct Entry {
    std::string value;
    std::optional<Clock::time_point> expiry;
  };

  std::optional<RespValue> add(const std::string& key, std::int64_t increment);
  RespValue set(const Words& command, Clock::time_point now);
  RespValue expire(const std::string& key, Clock::duration time, Clock::time_point now);
  RespValue time_left(const std::string& key, Clock::duration unit, Clock::time_point now) const;
  RespValue get(const std::string& key) const;
  RespValue count(const Words& command, bool erase);

  std::map<std::string, Entry> keys_;
};

}  // namespace octet::grading

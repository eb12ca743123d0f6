#include "graders/stage1-sockets/key_model.h"

#include <charconv>

#include "graders/dsl/graded_test.h"

namespace octet::grading {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

std::optional<std::int64_t> parsed(const std::string& text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || std::to_string(value) != text) return std::nullopt;
  return value;
}

}  // namespace

std::optional<RespValue> KeyModel::run(const Words& command, Clock::time_point now) {
  std::erase_if(keys_,
                [&](const auto& key) { return key.second.expiry && *key.second.expiry <= now; });
  const std::string& name = command[0];
  if (name == "DBSIZE") return integer(static_cast<std::int64_t>(keys_.size()));
  const std::string& key = command.at(1);
  if (name == "GET") return get(key);
  if (name == "SET") return set(command, now);
  if (name == "INCR") return add(key, 1);
  if (name == "DECR") return add(key, -1);
  if (name == "INCRBY") return add(key, parsed(command[2]).value());
  if (name == "DEL") return count(command, true);
  if (name == "EXISTS") return count(command, false);
  if (name == "TTL") return time_left(key, seconds(1), now);
  if (name == "PTTL") return time_left(key, milliseconds(1), now);
  if (name == "EXPIRE") return expire(key, seconds(parsed(command[2]).value()), now);
  if (name == "PEXPIRE") return expire(key, milliseconds(parsed(command[2]).value()), now);
  if (name == "APPEND") {
    std::string& value = keys_[key].value;
    value += command[2];
    return integer(static_cast<std::int64_t>(value.size()));
  }
  if (name == "MSET") {
    for (std::size_t i = 1; i < command.size(); i += 2) keys_[command[i]] = {command[i + 1], {}};
    return ok();
  }
  if (name == "MGET") {
    RespValue values = list({});
    for (std::size_t i = 1; i < command.size(); ++i) values.items.push_back(get(command[i]));
    return values;
  }
  fail("the model does not know " + name);
}

std::optional<RespValue> KeyModel::add(const std::string& key, std::int64_t increment) {
  const auto found = keys_.find(key);
  const auto old = found == keys_.end() ? 0 : parsed(found->second.value);
  std::int64_t sum = 0;
  if (!old || __builtin_add_overflow(*old, increment, &sum)) return std::nullopt;
  keys_[key].value = std::to_string(sum);
  return integer(sum);
}

RespValue KeyModel::set(const Words& command, Clock::time_point now) {
  const bool exists = keys_.contains(command[1]);
  Entry entry = {command[2], {}};
  for (std::size_t i = 3; i < command.size(); ++i) {
    if (command[i] == (exists ? "NX" : "XX")) return null();
    if (command[i] == "EX") entry.expiry = now + seconds(parsed(command[i + 1]).value());
    if (command[i] == "PX") entry.expiry = now + milliseconds(parsed(command[i + 1]).value());
  }
  keys_[command[1]] = entry;
  return ok();
}

RespValue KeyModel::expire(const std::string& key, Clock::duration time, Clock::time_point now) {
  const auto found = keys_.find(key);
  if (found == keys_.end()) return integer(0);
  found->second.expiry = now + time;
  return integer(1);
}

RespValue KeyModel::time_left(const std::string& key, Clock::duration unit,
                              Clock::time_point now) const {
  const auto found = keys_.find(key);
  if (found == keys_.end()) return integer(-2);
  if (!found->second.expiry) return integer(-1);
  return integer((*found->second.expiry - now + unit / 2) / unit);
}

RespValue KeyModel::get(const std::string& key) const {
  const auto found = keys_.find(key);
  return found == keys_.end() ? null() : bulk(found->second.value);
}

RespValue KeyModel::count(const Words& command, bool erase) {
  std::int64_t count = 0;
  for (std::size_t i = 1; i < command.size(); ++i) {
    const auto found = keys_.find(command[i]);
    if (found == keys_.end()) continue;
    ++count;
    if (erase) keys_.erase(found);
  }
  return integer(count);
}

}  // namespace octet::grading

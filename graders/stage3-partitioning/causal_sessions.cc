#include "graders/stage3-partitioning/causal_sessions.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "runtime/check.h"

namespace octet::store {

CausalSessions::CausalSessions(sim::World& world, StoreCluster& store)
    : world_(world), store_(store) {
  world.always("what a session depends on is shown to it (CL2)", [this] { return problem(); });
}

CausalSessions::Id CausalSessions::open() {
  sessions_.emplace_back();
  return sessions_.size() - 1;
}

CausalSessions::Id CausalSessions::copy_of(Id session) {
  Session copy = sessions_[session];
  copy.request.reset();
  copy.write.reset();
  sessions_.push_back(std::move(copy));
  return sessions_.size() - 1;
}

std::size_t CausalSessions::get(Id session, NodeId node, const std::string& key) {
  const std::size_t request = store_.get(node, key, Level::causal, sessions_[session].text);
  sessions_[session].request = request;
  return request;
}

std::size_t CausalSessions::put(Id session, NodeId node, const std::string& key,
                                const std::string& value) {
  const std::size_t made = write(session, {.key = key, .value = value});
  const bool is_new = by_value_.try_emplace({key, value}, made).second;
  OCTET_CHECK(is_new, "a value tells which write it is of");
  Session& writer = sessions_[session];
  const std::string context = writer.shown[key].context;
  writer.request = store_.put(node, key, value, context, Level::causal, writer.text);
  return *writer.request;
}

std::size_t CausalSessions::del(Id session, NodeId node, const std::string& key) {
  write(session, {.key = key, .value = {}});
  Session& writer = sessions_[session];
  const std::string context = writer.shown[key].context;
  writer.request = store_.del(node, key, context, Level::causal, writer.text);
  return *writer.request;
}

std::size_t CausalSessions::write(Id session, Write write) {
  Session& writer = sessions_[session];
  write.replaces = writer.shown[write.key].writes;
  write.past = writer.past;
  write.writer = session;
  writer.write = writes_.size();
  writes_.push_back(std::move(write));
  return *writer.write;
}

bool CausalSessions::is_free(Id session) const {
  const auto& request = sessions_[session].request;
  return !request || world_.now() > store_.asked(*request).at + 2 * store_.settled();
}

std::string CausalSessions::problem() {
  if (ended_ == store_.ended()) return "";
  ended_ = store_.ended();
  for (Id id = 0; id < sessions_.size(); ++id) {
    const auto& request = sessions_[id].request;
    if (!request || !store_.asked(*request).end) continue;
    if (std::string problem = end(id); !problem.empty()) return problem;
  }
  return "";
}

/// What is unknown or has failed is not in the session's past: it was told of no session then.
std::string CausalSessions::end(Id id) {
  Session& session = sessions_[id];
  const Asked& asked = store_.asked(*std::exchange(session.request, {}));
  const auto write = std::exchange(session.write, {});
  if (const auto* stored = std::get_if<Stored>(&*asked.end)) {
    session.text = stored->session;
    session.past.insert(*write);
  }
  if (const auto* got = std::get_if<Got>(&*asked.end)) {
    return show(id, std::get<Get>(asked.what).key, *got);
  }
  return "";
}

std::string CausalSessions::show(Id id, const std::string& key, const Got& got) {
  Session& session = sessions_[id];
  Writes shown;
  for (const std::string& value : got.values) {
    const auto write = by_value_.find({key, value});
    if (write == by_value_.end()) return fmt::format("nobody has written {:?} to {:?}", value, key);
    shown.insert(write->second);
  }
  if (const std::string missing = what_is_missing(session, key, shown); !missing.empty()) {
    return fmt::format("session {} reads {:?} and gets {}; {}", id, key, got.values, missing);
  }
  see_deletions(session, key, shown);
  Session::Shown& last = session.shown[key] = {.context = got.context, .writes = shown};
  for (const std::size_t write : shown) {
    session.past.insert(write);
    session.past.insert(writes_[write].past.begin(), writes_[write].past.end());
    last.writes.insert(writes_[write].replaces.begin(), writes_[write].replaces.end());
  }
  session.text = got.session;
  return "";
}

std::string CausalSessions::what_is_missing(const Session& session, const std::string& key,
                                            const Writes& shown) const {
  for (const std::size_t write : session.past) {
    if (writes_[write].key != key) continue;
    if (!shows(shown, write)) {
      return fmt::format("it depends on {}, and neither that nor what replaced it is there",
                         text_of(write));
    }
    for (const std::size_t old : shown) {
      if (!writes_[write].replaces.contains(old)) continue;
      return fmt::format("it depends on {}, which has replaced {}", text_of(write), text_of(old));
    }
  }
  return "";
}

/// Who is shown nothing of what it depends on has seen the deletion, if there was only one.
void CausalSessions::see_deletions(Session& session, const std::string& key, const Writes& shown) {
  const Writes past = session.past;
  for (const std::size_t write : past) {
    if (writes_[write].key != key || !writes_[write].value || shown.contains(write)) continue;
    const Writes later = replacements_of(write);
    if (later.size() != 1 || writes_[*later.begin()].value) continue;
    session.past.insert(*later.begin());
    const Writes& earlier = writes_[*later.begin()].past;
    session.past.insert(earlier.begin(), earlier.end());
  }
}

CausalSessions::Writes CausalSessions::replacements_of(std::size_t write) const {
  Writes later;
  for (std::size_t other = 0; other < writes_.size(); ++other) {
    if (writes_[other].replaces.contains(write)) later.insert(other);
  }
  return later;
}

/// A deletion shows nothing. Who replaces it afterwards need not have been shown what it replaced,
/// so where there was one, nothing need be shown.
bool CausalSessions::shows(const Writes& shown, std::size_t write) const {
  if (shown.contains(write) || !writes_[write].value) return true;
  return std::ranges::any_of(replacements_of(write), [&](std::size_t later) {
    return shown.contains(later) || !writes_[later].value;
  });
}

std::string CausalSessions::text_of(std::size_t write) const {
  const auto& [key, value, replaces, past, writer] = writes_[write];
  if (!value) return fmt::format("the deletion of {:?} in session {}", key, writer);
  return fmt::format("{:?} that session {} wrote to {:?}", *value, writer, key);
}

}  // namespace octet::store

#include "session.h"

#include "runtime/erase/bytes.h"

namespace octet::store {
namespace {

template <class T>
std::optional<T> read(std::string_view text) {
  if (text.empty()) return T();
  T value;
  try {
    decode(text, value);
  } catch (const Undecodable&) {
    return std::nullopt;
  }
  return value;
}

}  // namespace

bool Session::allows(const std::string& key, const Siblings& copy) const {
  const auto place = seen.find(key);
  return place == seen.end() || copy.seen().covers(place->second);
}

void Session::see(const std::string& key, const Siblings& copy) {
  seen[key].merge(copy.seen());
  for (const Version& version : copy.versions()) {
    const Session depends = session_of(version.depends).value_or(Session());
    for (const auto& [other, vector] : depends.seen) seen[other].merge(vector);
  }
}

void Session::write(const std::string& key, const VersionVector& context, const Dot& dot) {
  seen[key].merge(context);
  seen[key].merge({{{dot.actor, dot.number}}});
}

std::string text_of(const Session& session) {
  return encode(session);
}

std::optional<Session> session_of(std::string_view text) {
  return read<Session>(text);
}

std::string text_of(const VersionVector& context) {
  return encode(context);
}

std::optional<VersionVector> context_of(std::string_view text) {
  return read<VersionVector>(text);
}

}  // namespace octet::store

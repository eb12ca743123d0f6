#include "keyspace.h"

#include "runtime/check.h"

namespace octet::sockets {

std::string* Keyspace::find(std::string_view key, Time now) {
  YOUR_CODE_HERE;
}

Keyspace::Time Keyspace::expiry(std::string_view key, Time now) const {
  YOUR_CODE_HERE;
}

void Keyspace::set(std::string_view key, std::string_view value, Time expiry, Time now) {
  YOUR_CODE_HERE;
}

bool Keyspace::expire(std::string_view key, Time expiry, Time now) {
  YOUR_CODE_HERE;
}

bool Keyspace::erase(std::string_view key, Time now) {
  YOUR_CODE_HERE;
}

std::size_t Keyspace::size(Time now) {
  YOUR_CODE_HERE;
}

void Keyspace::clear() {
  YOUR_CODE_HERE;
}

}  // namespace octet::sockets

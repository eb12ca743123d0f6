#include "runtime/random.h"

namespace octet {
namespace {

std::uint64_t mix(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
  value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
  return value ^ (value >> 31);
}

}  // namespace

Random::Random(std::uint64_t seed, std::string_view stream) : key_(mix(seed)) {
  for (const char byte : stream) key_ = mix(key_ ^ static_cast<unsigned char>(byte));
}

std::uint64_t Random::next() {
  return mix(mix(key_ ^ mix(++drawn_)));
}

}  // namespace octet

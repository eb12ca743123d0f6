#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "tools/chaos/faults.h"

/// Faults as people write them: 50ms, 5%, 64KB, after=10s, down,bytes=100.
namespace octet::chaos {

/// Says what was written, and what to write instead.
class BadValue : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

Clock::duration parse_duration(std::string_view text);    // 50ms, 2s, 1.5s, 100us, 1m, 1h
double parse_share(std::string_view text);                // 5% is 0.05
std::uint64_t parse_size(std::string_view text);          // 512, 64KB (1000), 64KiB (1024), 1MB
Moment parse_moment(std::string_view text);               // after=10s | [up,|down,]bytes=100
Faults::Coalesce parse_coalesce(std::string_view text);   // bytes=4096,quiet=20ms
Faults::Stall parse_stall(std::string_view text);         // after=1s,for=5s
Faults::HalfOpen parse_half_open(std::string_view text);  // up | down,after=2s

/// "50ms", as parse_duration reads it.
std::string in_words(Clock::duration duration);

}  // namespace octet::chaos

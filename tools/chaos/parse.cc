#include "tools/chaos/parse.h"

#include <fmt/format.h>

#include <cstdlib>
#include <utility>
#include <vector>

namespace octet::chaos {
namespace {

/// A number of at least 0 and the unit behind it. Nothing when there is no number.
struct Quantity {
  double number = 0;
  std::string unit;
};
std::optional<Quantity> parse_quantity(std::string_view text) {
  const std::size_t end = text.find_first_not_of("0123456789.");
  const std::string digits(text.substr(0, end));
  char* rest = nullptr;
  const double number = std::strtod(digits.c_str(), &rest);
  if (digits.empty() || *rest != '\0') return {};
  return Quantity{number, end == std::string_view::npos ? "" : std::string(text.substr(end))};
}

/// The factor of a unit, or nothing.
template <std::size_t N>
std::optional<double> factor(const std::pair<std::string_view, double> (&units)[N],
                             std::string_view unit) {
  for (const auto& [name, value] : units) {
    if (name == unit) return value;
  }
  return {};
}

/// "down,after=2s" as words: {"down", ""}, {"after", "2s"}.
std::vector<std::pair<std::string_view, std::string_view>> parse_words(std::string_view text) {
  std::vector<std::pair<std::string_view, std::string_view>> words;
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    const std::string_view word = text.substr(0, comma);
    const std::size_t equals = word.find('=');
    words.emplace_back(word.substr(0, equals), equals == std::string_view::npos
                                                   ? std::string_view()
                                                   : word.substr(equals + 1));
    text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
  }
  return words;
}

std::optional<Direction> direction(std::string_view word) {
  if (word == "up") return Direction::up;
  if (word == "down") return Direction::down;
  return {};
}

/// Takes a word into a moment; false when it is none of a moment's.
bool take(Moment& moment, std::string_view key, std::string_view value) {
  if (key == "after") {
    moment.after = parse_duration(value);
  } else if (key == "bytes") {
    moment.bytes = parse_size(value);
  } else if (direction(key) && value.empty()) {
    moment.counted = direction(key);
  } else {
    return false;
  }
  return true;
}

[[noreturn]] void bad(std::string_view text, std::string_view what, std::string_view examples) {
  throw BadValue(fmt::format("\"{}\" is not {}; write {}", text, what, examples));
}

}  // namespace

Clock::duration parse_duration(std::string_view text) {
  static constexpr std::pair<std::string_view, double> units[] = {
      {"us", 1e3}, {"ms", 1e6}, {"s", 1e9}, {"m", 60e9}, {"h", 3600e9}};
  const auto quantity = parse_quantity(text);
  const auto unit = quantity ? factor(units, quantity->unit) : std::nullopt;
  constexpr double most = 1e18;  // thirty years, in nanoseconds
  if (!unit || quantity->number * *unit > most) bad(text, "a duration", "one like 50ms, 2s or 1m");
  return Clock::duration(static_cast<Clock::rep>(quantity->number * *unit));
}

double parse_share(std::string_view text) {
  const auto quantity = parse_quantity(text);
  if (!quantity || quantity->unit != "%" || quantity->number > 100) {
    bad(text, "a percentage", "one from 0% to 100%");
  }
  return quantity->number / 100;
}

std::uint64_t parse_size(std::string_view text) {
  static constexpr std::pair<std::string_view, double> units[] = {
      {"", 1}, {"B", 1}, {"KB", 1e3}, {"KiB", 1024}, {"MB", 1e6}, {"MiB", 1048576}};
  const auto quantity = parse_quantity(text);
  const auto unit = quantity ? factor(units, quantity->unit) : std::nullopt;
  constexpr double most = 1e15;
  if (!unit || quantity->number * *unit > most || quantity->number * *unit < 1) {
    bad(text, "a number of bytes", "one like 1, 512, 64KB or 1MiB");
  }
  return static_cast<std::uint64_t>(quantity->number * *unit);
}

Moment parse_moment(std::string_view text) {
  Moment moment;
  bool known = true;
  for (const auto& [key, value] : parse_words(text)) known = take(moment, key, value) && known;
  if (!known || (!moment.after && !moment.bytes) || (moment.counted && !moment.bytes)) {
    bad(text, "a moment", "after=10s, bytes=100 or down,bytes=100");
  }
  return moment;
}

Faults::Coalesce parse_coalesce(std::string_view text) {
  Faults::Coalesce coalesce;
  bool known = true;
  for (const auto& [key, value] : parse_words(text)) {
    if (key == "bytes") {
      coalesce.bytes = parse_size(value);
    } else if (key == "quiet") {
      coalesce.quiet = parse_duration(value);
    } else {
      known = false;
    }
  }
  // Without a quiet moment the last bytes would be held for ever.
  if (!known || coalesce.bytes == 0 || coalesce.quiet.count() == 0) {
    bad(text, "a way to hold bytes back", "bytes=4096,quiet=20ms");
  }
  return coalesce;
}

Faults::Stall parse_stall(std::string_view text) {
  Faults::Stall stall;
  bool known = true;
  for (const auto& [key, value] : parse_words(text)) {
    if (key == "for") {
      stall.lasts = parse_duration(value);
    } else {
      known = take(stall.from, key, value) && known;
    }
  }
  const bool starts = stall.from.after || stall.from.bytes;
  if (!known || !starts || stall.lasts.count() == 0) bad(text, "a stall", "after=1s,for=5s");
  return stall;
}

Faults::HalfOpen parse_half_open(std::string_view text) {
  Faults::HalfOpen half_open;
  const auto words = parse_words(text);
  const auto silent = words.empty() ? std::nullopt : direction(words.front().first);
  bool known = silent.has_value();
  for (std::size_t i = 1; i < words.size(); ++i) {
    known = take(half_open.from, words[i].first, words[i].second) && known;
  }
  if (!known) bad(text, "a direction", "up, down or up,after=2s");
  half_open.silent = *silent;
  if (!half_open.from.after && !half_open.from.bytes) half_open.from.after = Clock::duration(0);
  return half_open;
}

std::string in_words(Clock::duration duration) {
  const double ms = std::chrono::duration<double, std::milli>(duration).count();
  return ms >= 1000 ? fmt::format("{:g}s", ms / 1000) : fmt::format("{:g}ms", ms);
}

}  // namespace octet::chaos

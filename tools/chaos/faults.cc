#include "tools/chaos/faults.h"

#include <fmt/format.h>

#include "tools/chaos/parse.h"

namespace octet::chaos {
namespace {

std::string when(const Moment& moment) {
  std::string text;
  if (moment.after) text = "after " + in_words(*moment.after);
  if (moment.bytes) {
    text += fmt::format("{}after {} bytes{}{}", text.empty() ? "" : " or ", *moment.bytes,
                        moment.counted ? " " : "", moment.counted ? arrow(*moment.counted) : "");
  }
  return text;
}

void describe_travel(const Faults& faults, std::vector<std::string>& lines) {
  if (faults.delay.count() > 0 || faults.jitter.count() > 0) {
    lines.push_back(fmt::format("bytes travel for {}, give or take {}", in_words(faults.delay),
                                in_words(faults.jitter)));
  }
  if (faults.chunk > 0) {
    lines.push_back(
        fmt::format("they arrive in pieces of {}, {} apart", faults.chunk, in_words(faults.gap)));
  }
  if (faults.bandwidth > 0) {
    lines.push_back(fmt::format("at most {} bytes per second each way", faults.bandwidth));
  }
  if (faults.coalesce) {
    lines.push_back(fmt::format("they are held until {} are there or none came for {}",
                                faults.coalesce->bytes, in_words(faults.coalesce->quiet)));
  }
  if (faults.stall) {
    lines.push_back(fmt::format("nothing passes for {}, {}", in_words(faults.stall->lasts),
                                when(faults.stall->from)));
  }
}

void describe_ends(const Faults& faults, std::vector<std::string>& lines) {
  if (faults.refuse > 0) {
    lines.push_back(fmt::format("{:g}% of connections are refused", faults.refuse * 100));
  }
  if (faults.loss_of_connection > 0) {
    lines.push_back(fmt::format("{:g}% of connections are lost within their first 64 KiB",
                                faults.loss_of_connection * 100));
  }
  if (faults.cut) lines.push_back("connections are cut " + when(*faults.cut));
  if (faults.reset) lines.push_back("connections are reset " + when(*faults.reset));
  if (faults.blackhole) lines.push_back("all bytes vanish " + when(*faults.blackhole));
  if (faults.half_open) {
    lines.push_back(fmt::format("bytes {} vanish {}", arrow(faults.half_open->silent),
                                when(faults.half_open->from)));
  }
}

}  // namespace

std::vector<std::string> describe(const Faults& faults) {
  std::vector<std::string> lines;
  describe_travel(faults, lines);
  describe_ends(faults, lines);
  if (lines.empty()) lines.emplace_back("no faults: bytes pass as they come");
  return lines;
}

std::string_view arrow(Direction direction) {
  return direction == Direction::up ? "client -> server" : "server -> client";
}

}  // namespace octet::chaos

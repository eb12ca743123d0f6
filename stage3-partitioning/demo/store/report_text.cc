#include <fmt/format.h>

#include <algorithm>

#include "stage3-partitioning/demo/store/maps.h"
#include "stage3-partitioning/demo/store/report.h"

namespace octet::store {
namespace {

enum class Colour { none = 0, red = 31, green = 32, yellow = 33 };

class Page {
 public:
  explicit Page(bool with_colours) : with_colours_(with_colours) {}

  std::string in(Colour colour, const std::string& text) const {
    if (!with_colours_ || colour == Colour::none) return text;
    return fmt::format("\x1b[{}m{}\x1b[0m", static_cast<int>(colour), text);
  }

  /// What nobody wants to see is red, unless there is none.
  std::string count(std::size_t number, Colour colour) const {
    return in(number == 0 ? Colour::none : colour, std::to_string(number));
  }

 private:
  bool with_colours_;
};

std::string counted(std::size_t number, std::string_view what) {
  return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s");
}

/// "  0-3 7 9-10".
std::string ranges_of(const std::vector<Slot>& slots) {
  std::string text = slots.empty() ? "" : " ";
  for (std::size_t i = 0; i < slots.size();) {
    std::size_t end = i + 1;
    while (end < slots.size() && number(slots[end]) == number(slots[end - 1]) + 1) ++end;
    text += fmt::format(" {}", number(slots[i]));
    if (end > i + 1) text += fmt::format("-{}", number(slots[end - 1]));
    i = end;
  }
  return text;
}

/// As wide as its share of the most that any node has.
std::string bar(std::size_t part, std::size_t most) {
  constexpr std::size_t width = 16;
  const std::size_t cells = most == 0 ? 0 : (part * width + most - 1) / most;
  std::string text;
  for (std::size_t i = 0; i < width; ++i) text += i < cells ? "█" : "·";
  return text;
}

std::string line_of(NodeId id, const Report::Node& node, std::size_t most_keys, const Page& page) {
  const bool answers = node.state.view.has_value();
  const std::string start = fmt::format("  {:>4}  ", id.value);
  if (!answers) {
    const bool is_up = node.state.is_up;
    return start + page.in(is_up ? Colour::yellow : Colour::red, is_up ? "silent" : "down  ") +
           fmt::format("  {:>4}\n", node.owns);
  }
  return start + page.in(Colour::green, "up    ") +
         fmt::format("  {:>4}  {:>6}  {:>6} {}  {:>5}{}\n", node.owns, node.serves.size(),
                     node.keys, bar(node.keys, most_keys), node.hints, ranges_of(node.serves));
}

std::string first_line(const Report& report, const Maps& maps) {
  const SlotMap& map = maps.now;
  std::string line = fmt::format("map {}: {} partitions, {} of each; {} have their {} slots\n",
                                 static_cast<std::uint64_t>(map.epoch), slots::partitions_of(map),
                                 map.copies == 1 ? "1 copy" : fmt::format("{} copies", map.copies),
                                 counted(slots::members_of(map).size(), "node"), map.owners.size());
  if (report.moved == 0) return line;
  return line + fmt::format("since map {}, {} with {} had to move; still on the way: {}\n",
                            static_cast<std::uint64_t>(maps.before.epoch),
                            counted(report.moved, "slot"), counted(report.moved_keys, "key"),
                            report.on_the_way);
}

}  // namespace

std::string text_of(const Report& report, const Maps& maps, bool with_colours) {
  const Page page(with_colours);
  std::size_t most_keys = 0;
  std::size_t hints = 0;
  for (const auto& [id, node] : report.nodes) {
    most_keys = std::max(most_keys, node.keys);
    hints += node.hints;
  }
  std::string text = first_line(report, maps);
  text += "\n  node  is      owns  serves    keys                   hints  slots that it serves\n";
  for (const auto& [id, node] : report.nodes) text += line_of(id, node, most_keys, page);
  text +=
      fmt::format("\n  keys {}   with siblings {}   copies differ {}   hints waiting {}\n",
                  report.keys, page.count(report.siblings, Colour::yellow),
                  page.count(report.different, Colour::yellow), page.count(hints, Colour::yellow));
  return text;
}

}  // namespace octet::store

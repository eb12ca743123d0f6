#include "tools/view/tests/well_formed.h"

#include <set>
#include <stdexcept>
#include <vector>

namespace octet::view {
namespace {

class Parser {
 public:
  explicit Parser(std::string_view xml) : rest_(xml) {}

  void parse() {
    do {
      if (rest_.starts_with("</")) {
        take_end();
      } else if (rest_.starts_with('<')) {
        take_start();
      } else {
        take_text("<");
      }
    } while (!open_.empty());
    expect(rest_ == "\n", "one element and a line's end");
  }

 private:
  void expect(bool holds, std::string_view what) const {
    if (!holds) {
      throw std::runtime_error(
          std::string("no ").append(what).append(" at: ").append(rest_.substr(0, 60)));
    }
  }

  void take(std::string_view text) {
    expect(rest_.starts_with(text), text);
    rest_.remove_prefix(text.size());
  }

  std::string take_name() {
    const std::size_t end =
        rest_.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-");
    expect(end > 0 && end != std::string_view::npos, "name");
    std::string name(rest_.substr(0, end));
    rest_.remove_prefix(end);
    return name;
  }

  void take_start() {
    take("<");
    const std::string name = take_name();
    std::set<std::string> attributes;
    while (rest_.starts_with(' ')) {
      take(" ");
      expect(attributes.insert(take_name()).second, "second attribute of one name");
      take("='");
      take_text("'");
      take("'");
    }
    if (rest_.starts_with('/')) {
      take("/>");
    } else {
      take(">");
      open_.push_back(name);
    }
  }

  void take_end() {
    take("</");
    expect(!open_.empty(), "element to end");
    take(open_.back() + ">");
    open_.pop_back();
  }

  void take_text(std::string_view end) {
    while (!rest_.starts_with(end)) {
      expect(!rest_.empty(), end);
      expect(rest_.front() != '<', "tag");
      if (rest_.starts_with('&')) {
        take_entity();
      } else {
        take_character();
      }
    }
  }

  void take_entity() {
    for (const std::string_view each : {"&lt;", "&gt;", "&amp;", "&quot;", "&#39;"}) {
      if (rest_.starts_with(each)) return rest_.remove_prefix(each.size());
    }
    expect(false, "entity");
  }

  /// Of UTF-8, by the table of RFC 3629, section 4, without the control characters.
  void take_character() {
    const auto byte = [this](std::size_t i) {
      return i < rest_.size() ? static_cast<unsigned char>(rest_[i]) : 0u;
    };
    const auto is_tail = [&](std::size_t i) { return byte(i) >= 0x80 && byte(i) < 0xc0; };
    const unsigned first = byte(0);
    std::size_t length = 1;
    if (first >= 0x80) {
      expect(first >= 0xc2 && first < 0xf5 && is_tail(1), "UTF-8");
      length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
      expect(length < 3 || is_tail(2), "third byte");
      expect(length < 4 || is_tail(3), "fourth byte");
      expect(first != 0xe0 || byte(1) >= 0xa0, "short form");
      expect(first != 0xed || byte(1) < 0xa0, "character instead of a surrogate");
      expect(first != 0xf0 || byte(1) >= 0x90, "short form");
      expect(first != 0xf4 || byte(1) < 0x90, "character that there is");
      expect(!rest_.starts_with("\xef\xbf\xbe") && !rest_.starts_with("\xef\xbf\xbf"),
             "character of XML");
    } else {
      expect((first >= ' ' && first != 0x7f) || first == '\n', "printed character");
    }
    rest_.remove_prefix(length);
  }

  std::string_view rest_;
  std::vector<std::string> open_;
};

}  // namespace

std::string problem_of_xml(std::string_view xml) {
  try {
    Parser(xml).parse();
    return "";
  } catch (const std::runtime_error& error) {
    return error.what();
  }
}

}  // namespace octet::view

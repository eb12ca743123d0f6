#include "graders/dsl/history/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "graders/dsl/history/sequential.h"

namespace octet::grading {
namespace {

constexpr std::size_t most_steps = 5;

std::string object_text(const History& history, const std::string& object, Model model) {
  static constexpr std::string_view names[] = {"key", "register", "queue", "lock"};
  const std::string_view name = names[static_cast<std::size_t>(model)];
  if (history.objects.size() == 1 && object.empty()) return fmt::format("the {}", name);
  return fmt::format("{} \"{}\"", name, object);
}

std::string who(const Operation& operation, const History& history) {
  return fmt::format("client {}, {} {}", operation.client, history.places, operation.line);
}

/// Tells one way: what took effect last, what there is then, and why that is the end.
class Way {
 public:
  Way(const Violation& violation, const History& history, const Explanation& way)
      : operations_(violation.operations),
        last_(violation.operations[violation.found.unexplained]),
        history_(history),
        way_(way),
        contents_(contents_at_first(model_of(last_.kind))) {}

  std::string text() {
    tell_steps();
    line(2, contents_text(model_of(last_.kind), contents_));
    line(2, why_not(last_, contents_));
    for (const std::size_t next : way_.pending) tell_next(operations_[next]);
    return std::move(text_);
  }

 private:
  void line(int depth, const std::string& text) {
    fmt::format_to(std::back_inserter(text_), "{}{}\n", std::string(2 * depth, ' '), text);
  }

  void tell_steps() {
    const std::size_t count = way_.order.size();
    if (count > most_steps) {
      line(2, fmt::format("{} operations, then", count - most_steps));
    }
    for (std::size_t i = 0; i < count; ++i) {
      const Operation& each = operations_[way_.order[i]];
      take_effect(each, contents_);
      if (i + most_steps < count) continue;
      line(2, fmt::format("{} {} ({})", call_text(each), outcome_text(each), who(each, history_)));
    }
  }

  /// It may take effect now; it does not help.
  void tell_next(const Operation& next) {
    if (&next == &last_ || !why_not(next, contents_).empty()) return;
    Contents after = contents_;
    take_effect(next, after);
    const std::string problem = why_not(last_, after);
    if (after == contents_ || problem.empty()) return;
    line(2, fmt::format("after {} ({}): {}", call_text(next), who(next, history_), problem));
  }

  const Operations& operations_;
  const Operation& last_;
  const History& history_;
  const Explanation& way_;
  Contents contents_;
  std::string text_;
};

}  // namespace

std::string sentence_of(const Violation& violation, const History& history,
                        const std::string& object) {
  const Operation& last = violation.operations[violation.found.unexplained];
  return fmt::format("{} of {} {}, which nothing explains ({})", call_text(last),
                     object_text(history, object, model_of(last.kind)), outcome_text(last),
                     who(last, history));
}

std::string ways_of(const Violation& violation, const History& history) {
  std::string text;
  std::size_t number = 0;
  for (const Explanation& way : violation.found.explanations) {
    fmt::format_to(std::back_inserter(text), "  {}.\n{}", ++number,
                   Way(violation, history, way).text());
  }
  return text;
}

std::string events_of(const Shrunk& shrunk, const Violation& whole, const History& history) {
  struct Line {
    std::size_t place = 0;
    std::string text;
  };
  std::vector<Line> lines;
  const auto& [operations, found] = shrunk.violation;
  for (const Operation& each : operations) {
    lines.push_back({each.called, fmt::format("client {} calls {} ({} {})", each.client,
                                              call_text(each), history.places, each.line)});
    if (!each.is_known()) continue;
    const bool is_last = &each == &operations[found.unexplained];
    lines.push_back({each.returned, fmt::format("client {}: {} {}{}", each.client, call_text(each),
                                                outcome_text(each), is_last ? "   <--" : "")});
  }
  std::ranges::sort(lines, {}, &Line::place);
  std::string text;
  constexpr std::size_t most = 30;
  const std::size_t first = lines.size() > most ? lines.size() - most : 0;
  if (first > 0) text += fmt::format("    {} calls and returns, then\n", first);
  for (std::size_t i = first; i < lines.size(); ++i) text += "    " + lines[i].text + '\n';
  if (!shrunk.is_finished) text += "  It may be smaller yet: the budget for shrinking has ended.\n";
  return fmt::format("{} of the {} operations until then show it:\n{}", operations.size(),
                     whole.operations.size(), text);
}

}  // namespace octet::grading

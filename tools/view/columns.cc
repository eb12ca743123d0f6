#include "tools/view/columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>

#include "runtime/trace/text.h"

namespace octet::view {
namespace {

using nlohmann::ordered_json;
using trace::ClientId;
using trace::Event;

/// A column of numbers, as JSON.
class Numbers {
 public:
  void add(std::int64_t number) {
    if (!text_.empty()) text_ += ',';
    fmt::format_to(std::back_inserter(text_), "{}", number);
  }
  std::string json() const { return '[' + text_ + ']'; }

 private:
  std::string text_;
};

/// Gives each string its place, in the order in which they come.
class Strings {
 public:
  std::int64_t place_of(const std::string& text) {
    const auto [found, is_new] = places_.try_emplace(text, all_.size());
    if (is_new) all_.push_back(text);
    return static_cast<std::int64_t>(found->second);
  }
  std::size_t size() const { return all_.size(); }
  const std::vector<std::string>& all() const { return all_; }

 private:
  std::map<std::string, std::size_t> places_;
  std::vector<std::string> all_;
};

/// ASCII alone, bad UTF-8 replaced, and nothing in it that HTML could take for a tag.
std::string safe(const ordered_json& value) {
  const std::string text = value.dump(-1, ' ', true, ordered_json::error_handler_t::replace);
  std::string escaped;
  escaped.reserve(text.size());
  for (const char c : text) {
    if (c == '<') {
      escaped += "\\u003c";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](unsigned char c) { return c < 0x80; });
}

class Columns {
 public:
  explicit Columns(const trace::Trace& trace) {
    strings_.place_of("");
    for (const Event& event : trace.events) add(event);
  }

  void write(std::string& out) const {
    const auto column = [&](std::string_view name, const std::string& json) {
      fmt::format_to(std::back_inserter(out), ",\n\"{}\":{}", name, json);
    };
    column("kind", '"' + kind_ + '"');
    column("at", at_.json());
    column("node", node_.json());
    column("peer", peer_.json());
    column("id", id_.json());
    column("cause", cause_.json());
    column("name", name_.json());
    column("text", text_.json());
    column("content", content_.json());
    column("strings", safe(strings_.all()));
    column("contents", safe(contents_.all()));
    column("states", states_.json());
    column("state_texts", safe(state_texts_));
  }

 private:
  void add(const Event& event) {
    const auto number = static_cast<std::int64_t>(kind_.size()) + 1;
    kind_ += static_cast<char>('a' + static_cast<int>(event.kind));
    at_.add((event.at - last_at_).count());
    last_at_ = event.at;
    node_.add(event.node.value);
    peer_.add(event.peer.value);
    id_.add(id_code(event.id));
    cause_.add(event.cause == 0 ? 0 : number - static_cast<std::int64_t>(event.cause));
    name_.add(strings_.place_of(event.name));
    text_.add(strings_.place_of(event.text));
    content_.add(content_code(event));
    if (!event.state.empty() && !event.is_of_client()) add_state(event, number);
  }

  std::int64_t id_code(std::uint64_t id) {
    if (id == 0) return 0;
    const auto distance = static_cast<std::int64_t>(id - last_id_);
    last_id_ = id;
    return distance >= 0 ? distance + 1 : distance;
  }

  std::int64_t content_code(const Event& event) {
    if (event.json.empty()) return 0;
    const std::size_t before = contents_.size();
    const std::int64_t place = contents_.place_of(event.json);
    if (event.id > 0 && !event.is_of_client()) {
      const auto [sent, is_first] = content_of_message_.try_emplace(event.id, place);
      if (!is_first && sent->second == place) return 2;
    }
    return contents_.size() > before ? 1 : place + 3;
  }

  void add_state(const Event& event, std::int64_t number) {
    std::string& last = last_state_[event.node];
    const Delta change = delta(last, event.state);
    states_.add(number - last_with_state_);
    states_.add(static_cast<std::int64_t>(change.front));
    states_.add(static_cast<std::int64_t>(change.back));
    state_texts_.emplace_back(change.middle);
    last_with_state_ = number;
    last = event.state;
  }

  std::string kind_;
  Numbers at_, node_, peer_, id_, cause_, name_, text_, content_, states_;
  Strings strings_, contents_;
  std::vector<std::string> state_texts_;
  Duration last_at_{};
  std::uint64_t last_id_ = 0;
  std::int64_t last_with_state_ = 0;
  std::map<std::uint64_t, std::int64_t> content_of_message_;
  std::map<NodeId, std::string> last_state_;
};

ordered_json head(const trace::Trace& trace) {
  std::vector<std::uint32_t> nodes;
  for (const NodeId node : trace.nodes) nodes.push_back(node.value);
  std::vector<std::uint32_t> clients;
  for (const ClientId client : trace.clients) clients.push_back(client.value);
  std::vector<std::string_view> kinds;
  std::vector<std::string_view> words;
  for (int i = 0; i <= static_cast<int>(Event::Kind::note); ++i) {
    kinds.push_back(name_of(static_cast<Event::Kind>(i)));
    words.push_back(words_of(static_cast<Event::Kind>(i)));
  }
  return {{"title", trace.title},
          {"world", trace.world},
          {"seed", std::to_string(trace.seed)},  // JavaScript's numbers have 53 bits
          {"violation", trace.violation},
          {"witnesses", trace.witnesses},
          {"plan", trace.plan},
          {"replay", trace.replay},
          {"nodes", nodes},
          {"clients", clients},
          {"end", trace.end.count()},
          {"kinds", kinds},
          {"words", words}};
}

ordered_json marks_of(const Marks& marks) {
  ordered_json effects = ordered_json::array();
  for (const Effect& each : marks.effects) {
    effects.push_back({each.call, each.after, each.then});
  }
  return {{"effects", effects}, {"unexplained", marks.unexplained}, {"why", marks.why}};
}

}  // namespace

Delta delta(std::string_view before, std::string_view after) {
  // The page counts UTF-16 units, not bytes; for ASCII they are the same.
  if (!is_ascii(before) || !is_ascii(after)) return {.middle = after};
  const std::size_t shorter = std::min(before.size(), after.size());
  std::size_t front = 0;
  while (front < shorter && before[front] == after[front]) ++front;
  std::size_t back = 0;
  while (back < shorter - front &&
         before[before.size() - 1 - back] == after[after.size() - 1 - back]) {
    ++back;
  }
  return {front, back, after.substr(front, after.size() - front - back)};
}

std::string columns(const trace::Trace& trace, const Marks& marks) {
  ordered_json first = head(trace);
  if (marks.unexplained > 0 || !marks.effects.empty()) first["marks"] = marks_of(marks);
  std::string out = safe(first);
  out.pop_back();  // the brace that closes the head
  Columns(trace).write(out);
  return out + '}';
}

}  // namespace octet::view

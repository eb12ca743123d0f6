#include "graders/stage2-clocks-rpc/conversation.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace octet::grading {

Conversation::Conversation(sim::World& world, const std::vector<NodeId>& members, const Kind& kind)
    : world_(world), members_(members), kind_(kind) {
  for (const NodeId id : members_) {
    world_.add(id, [this] { return kind_.make(members_); });
    world_.listen_to_bytes(id,
                           [this, id](const Bytes& bytes) { deliver(id, kind_.output(bytes)); });
  }
  const char* rule = kind_.all_in_one_order
                         ? "all deliver in one order, and after what it depends on"
                         : "all deliver once, and after what it depends on";
  world_.always(rule, [this] { return problem_; });
}

void Conversation::say(NodeId who, const std::string& text) {
  auto& known = known_[who];
  std::size_t chain = 1;
  for (const std::size_t each : known) chain = std::max(chain, texts_[each].chain + 1);
  index_[text] = texts_.size();
  texts_.push_back({.from = who, .text = text, .known = known.size(), .chain = chain});
  known.push_back(texts_.size() - 1);
  world_.input_bytes(who, kind_.input(text));
}

void Conversation::on_delivery(std::function<void(NodeId, const Delivery&)> listener) {
  listener_ = std::move(listener);
}

void Conversation::deliver(NodeId at, const Delivery& delivery) {
  if (problem_.empty()) problem_ = what_is_wrong(at, delivery);
  if (!problem_.empty()) return;
  const std::size_t text = index_.at(delivery.text);
  known_[at].push_back(text);
  delivered_[at].push_back(text);
  has_[at].insert(text);
  if (delivered_[at].size() > order_.size()) order_.push_back(text);
  if (listener_) listener_(at, delivery);
}

std::string Conversation::what_is_wrong(NodeId at, const Delivery& delivery) const {
  const auto found = index_.find(delivery.text);
  if (found == index_.end()) {
    return fmt::format("process {} delivers \"{}\", which nobody has said", at.value,
                       delivery.text);
  }
  const Text& text = texts_[found->second];
  if (delivery.from != text.from) {
    return fmt::format("process {} delivers \"{}\" as from process {}, but {} said it", at.value,
                       text.text, delivery.from.value, text.from.value);
  }
  if (has(at, found->second)) {
    return fmt::format("process {} delivers \"{}\" a second time", at.value, text.text);
  }
  return out_of_order(at, found->second);
}

std::string Conversation::out_of_order(NodeId at, std::size_t index) const {
  const Text& text = texts_[index];
  for (std::size_t i = 0; i < text.known; ++i) {
    const Text& before = texts_[known_.at(text.from)[i]];
    if (has(at, known_.at(text.from)[i])) continue;
    return fmt::format(
        "process {} delivers \"{}\" before \"{}\", which {} had said or delivered when it said "
        "\"{}\"",
        at.value, text.text, before.text, text.from.value, text.text);
  }
  const auto own = delivered_.find(at);
  const std::size_t place = own == delivered_.end() ? 0 : own->second.size();
  if (!kind_.all_in_one_order || place >= order_.size() || order_[place] == index) return "";
  return fmt::format("process {} delivers \"{}\" as its number {}, but another one \"{}\"",
                     at.value, text.text, place + 1, texts_[order_[place]].text);
}

std::vector<std::string> Conversation::delivered(NodeId at) const {
  std::vector<std::string> texts;
  const auto found = delivered_.find(at);
  if (found == delivered_.end()) return texts;
  for (const std::size_t each : found->second) texts.push_back(texts_[each].text);
  return texts;
}

bool Conversation::has_delivered(NodeId at, const std::string& text) const {
  const auto found = index_.find(text);
  return found != index_.end() && has(at, found->second);
}

bool Conversation::has(NodeId at, std::size_t text) const {
  const auto found = has_.find(at);
  return found != has_.end() && found->second.contains(text);
}

std::string Conversation::missing() const {
  for (const Text& text : texts_) {
    for (const NodeId member : members_) {
      if (has_delivered(member, text.text)) continue;
      return fmt::format("process {} has not delivered \"{}\" of process {}", member.value,
                         text.text, text.from.value);
    }
  }
  return "";
}

std::size_t Conversation::longest_chain() const {
  std::size_t longest = 0;
  for (const Text& text : texts_) longest = std::max(longest, text.chain);
  return longest;
}

std::vector<NodeId> members_of_size(std::size_t size) {
  std::vector<NodeId> members;
  for (std::uint32_t i = 1; i <= size; ++i) members.emplace_back(i % 2 == 0 ? 3 * i : 1000 - 7 * i);
  return members;
}

}  // namespace octet::grading

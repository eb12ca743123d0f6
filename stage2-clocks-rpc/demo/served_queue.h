#pragma once

#include <charconv>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "runtime/erase/bytes.h"
#include "stage2-clocks-rpc/api/solution.h"

namespace octet::queue_demo {

/// A queue as the handler of an RPC server, both as they come out of the seam. The body of a call
/// is "enqueue TEXT", "receive" or "ack RECEIPT"; its result is a sentence.
class ServedQueue final : public AnyNode {
 public:
  ServedQueue(std::unique_ptr<AnyNode> server, std::unique_ptr<AnyNode> queue)
      : server_(std::move(server)), queue_(std::move(queue)) {}

  std::unique_ptr<AnyNode> clone() const override {
    return std::make_unique<ServedQueue>(server_->clone(), queue_->clone());
  }

  bool start(std::span<const Bytes>, Environment& world, std::vector<AnyEffect>& effects) override {
    std::vector<AnyEffect> asked;
    if (!server_->start({}, world, asked)) return false;
    serve(asked, world, effects);
    return tell_queue(effects, [&](auto& out) { return queue_->start({}, world, out); }).second;
  }
  bool deliver(std::string_view message, NodeId from, Environment& world,
               std::vector<AnyEffect>& effects) override {
    std::vector<AnyEffect> asked;
    if (!server_->deliver(message, from, world, asked)) return false;
    serve(asked, world, effects);
    return true;
  }
  bool fire(std::string_view timer, Environment& world, std::vector<AnyEffect>& effects) override {
    const std::string_view inner = timer.substr(1);
    if (timer.starts_with(of_queue)) {
      return tell_queue(effects, [&](auto& out) { return queue_->fire(inner, world, out); }).second;
    }
    std::vector<AnyEffect> asked;
    if (!server_->fire(inner, world, asked)) return false;
    serve(asked, world, effects);
    return true;
  }
  bool input(std::string_view, Environment&, std::vector<AnyEffect>&) override { return false; }

  Bytes state() const override { return encode(server_->state()) + queue_->state(); }
  bool equals(const AnyNode& other) const override {
    const auto* same = dynamic_cast<const ServedQueue*>(&other);
    return same != nullptr && server_->equals(*same->server_) && queue_->equals(*same->queue_);
  }
  std::any view() const override { return queue_->view(); }
  std::string view_json() const override { return queue_->view_json(); }
  std::string_view class_name() const override { return "ServedQueue"; }
  Shown show(List list, std::string_view bytes) const override {
    if (list == List::timer) {
      return (bytes.starts_with(of_queue) ? queue_ : server_)->show(list, bytes.substr(1));
    }
    return (list == List::output ? queue_ : server_)->show(list, bytes);
  }

 private:
  static constexpr char of_queue = 'q';
  static constexpr char of_server = 's';

  /// What the server asks for; each Execute goes to the queue, and its result back at once.
  void serve(std::vector<AnyEffect> asked, Environment& world, std::vector<AnyEffect>& effects) {
    for (AnyEffect& effect : asked) {
      if (effect.kind != AnyEffect::Kind::emit) {
        pass(std::move(effect), of_server, effects);
        continue;
      }
      rpc::ServerOutput output;
      decode(effect.bytes, output);
      const auto& execute = std::get<rpc::Execute>(output);
      const rpc::ServerInput done =
          rpc::Executed{execute.ticket, result_of(execute.body, world, effects)};
      std::vector<AnyEffect> more;
      server_->input(encode(done), world, more);
      serve(std::move(more), world, effects);
    }
  }

  std::string result_of(const std::string& body, Environment& world,
                        std::vector<AnyEffect>& effects) {
    const auto input = parse(body);
    if (!input) return "say enqueue TEXT, receive, or ack RECEIPT";
    const auto [result, understood] =
        tell_queue(effects, [&](auto& out) { return queue_->input(encode(*input), world, out); });
    return result.empty() ? "done" : result;
  }

  static std::optional<queue::Input> parse(std::string_view body) {
    constexpr std::string_view enqueue = "enqueue ";
    constexpr std::string_view ack = "ack ";
    if (body.starts_with(enqueue)) {
      return queue::Enqueue{.tag = 1, .body = std::string(body.substr(enqueue.size()))};
    }
    if (body == "receive") return queue::Receive{.tag = 1};
    queue::Acknowledge acknowledge;
    if (!body.starts_with(ack)) return std::nullopt;
    body.remove_prefix(ack.size());
    const auto [end, error] =
        std::from_chars(body.data(), body.data() + body.size(), acknowledge.receipt);
    if (error != std::errc() || end != body.data() + body.size()) return std::nullopt;
    return acknowledge;
  }

  /// The sentence for what the queue answers, and whether it understood. What is Dead goes to
  /// whoever watches the server.
  template <class Tell>
  std::pair<std::string, bool> tell_queue(std::vector<AnyEffect>& effects, Tell tell) {
    std::vector<AnyEffect> asked;
    const bool understood = tell(asked);
    std::string result;
    for (AnyEffect& effect : asked) {
      const bool is_answer = effect.kind == AnyEffect::Kind::emit;
      std::string sentence = is_answer ? sentence_of(effect.bytes) : std::string();
      if (sentence.empty()) {
        pass(std::move(effect), of_queue, effects);
      } else {
        result = std::move(sentence);
      }
    }
    return {std::move(result), understood};
  }

  /// Empty for what is no answer to a call.
  static std::string sentence_of(const Bytes& bytes) {
    queue::Output output;
    decode(bytes, output);
    if (std::holds_alternative<queue::Accepted>(output)) return "accepted";
    if (std::holds_alternative<queue::Empty>(output)) return "empty";
    const auto* delivery = std::get_if<queue::Delivery>(&output);
    if (delivery == nullptr) return "";
    return "\"" + delivery->body + "\", receipt " + std::to_string(delivery->receipt);
  }

  static void pass(AnyEffect effect, char owner, std::vector<AnyEffect>& effects) {
    const bool is_timer =
        effect.kind == AnyEffect::Kind::set_timer || effect.kind == AnyEffect::Kind::cancel_timer;
    if (is_timer) effect.bytes.insert(effect.bytes.begin(), owner);
    effects.push_back(std::move(effect));
  }

  std::unique_ptr<AnyNode> server_;
  std::unique_ptr<AnyNode> queue_;
};

}  // namespace octet::queue_demo

#pragma once

#include <concepts>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "runtime/erase/any_node.h"
#include "runtime/erase/bytes.h"
#include "runtime/erase/handlers.h"
#include "runtime/erase/json.h"
#include "runtime/erase/shown.h"

namespace octet {
namespace erase {

template <class Variant>
Shown show(std::string_view bytes) {
  if constexpr (std::is_same_v<Variant, std::variant<Never>>) {
    throw Undecodable("nobody has one");
  } else {
    Variant value;
    decode(bytes, value);
    return shown(value);
  }
}

/// Turns a node's class into an AnyNode.
template <class Node>
class ErasedNode final : public AnyNode {
 public:
  using Protocol = typename Node::Protocol;

  explicit ErasedNode(Node node) : node_(std::move(node)) {}
  ErasedNode(const ErasedNode& other) : AnyNode(), node_(other.node_) {}
  ErasedNode& operator=(const ErasedNode&) = delete;

  std::unique_ptr<AnyNode> clone() const override { return std::make_unique<ErasedNode>(*this); }

  bool start(std::span<const Bytes> records, Environment& environment,
             std::vector<AnyEffect>& effects) override {
    std::vector<typename Protocol::Record> recovered;
    if constexpr (!is_empty<typename Protocol::Record>) {
      for (const Bytes& bytes : records) {
        if (!try_decode(bytes, recovered.emplace_back())) return false;
      }
    }
    with_context(environment, effects, [&](auto& ctx) { node_.start(recovered, ctx); });
    return true;
  }

  bool deliver(std::string_view message, NodeId from, Environment& environment,
               std::vector<AnyEffect>& effects) override {
    if constexpr (is_empty<typename Protocol::Message>) {
      return false;
    } else {
      typename Protocol::Message decoded;
      if (!try_decode(message, decoded)) return false;
      with_context(environment, effects, [&](auto& ctx) {
        const auto handle = [&]<class T>(const T& content) { node_.on(content, from, ctx); };
        std::visit(handle, decoded);
      });
      return true;
    }
  }

  bool fire(std::string_view timer, Environment& environment,
            std::vector<AnyEffect>& effects) override {
    return tell<typename Protocol::Timer>(timer, environment, effects);
  }

  bool input(std::string_view input, Environment& environment,
             std::vector<AnyEffect>& effects) override {
    return tell<typename Protocol::Input>(input, environment, effects);
  }

  Bytes state() const override {
    // serialize() reads here, but cereal's way of writing it has no const.
    Bytes bytes;
    Writer writer(bytes);
    const_cast<Node&>(node_).serialize(writer);
    return bytes;
  }

  bool equals(const AnyNode& other) const override {
    const auto* same = dynamic_cast<const ErasedNode*>(&other);
    return same != nullptr && node_ == same->node_;
  }

  std::any view() const override { return node_.view(); }
  std::string view_json() const override { return to_json(node_.view()); }

  Shown show(List list, std::string_view bytes) const override {
    switch (list) {
      case List::message:
        return erase::show<typename Protocol::Message>(bytes);
      case List::timer:
        return erase::show<typename Protocol::Timer>(bytes);
      case List::input:
        return erase::show<typename Protocol::Input>(bytes);
      case List::output:
        return erase::show<typename Protocol::Output>(bytes);
      case List::record:
        return erase::show<typename Protocol::Record>(bytes);
    }
    return {};
  }

  std::string_view class_name() const override { return type_name<Node>(); }

 private:
  using Of = Effects<Protocol>;

  template <class Variant>
  static constexpr bool is_empty = std::is_same_v<Variant, std::variant<Never>>;

  template <class T>
  static bool try_decode(std::string_view bytes, T& into) {
    try {
      decode(bytes, into);
      return true;
    } catch (const Undecodable&) {
      return false;
    }
  }

  template <class Variant>
  bool tell(std::string_view bytes, Environment& environment, std::vector<AnyEffect>& effects) {
    if constexpr (is_empty<Variant>) {
      return false;
    } else {
      Variant decoded;
      if (!try_decode(bytes, decoded)) return false;
      with_context(environment, effects, [&](auto& ctx) {
        const auto handle = [&]<class T>(const T& content) { node_.on(content, ctx); };
        std::visit(handle, decoded);
      });
      return true;
    }
  }

  template <class Handler>
  void with_context(Environment& environment, std::vector<AnyEffect>& effects, Handler handler) {
    Context<Protocol> ctx(environment, std::move(memory_));
    handler(ctx);
    for (const auto& effect : ctx.effects()) {
      std::visit([&](const auto& typed) { effects.push_back(encoded(typed)); }, effect);
    }
    memory_ = std::move(ctx.effects());
  }

  static AnyEffect encoded(const typename Of::Send& send) {
    return {.kind = AnyEffect::Kind::send, .to = send.to, .bytes = encode(send.message)};
  }
  static AnyEffect encoded(const typename Of::SetTimer& set) {
    return {.kind = AnyEffect::Kind::set_timer,
            .min = set.min,
            .max = set.max,
            .bytes = encode(set.timer)};
  }
  static AnyEffect encoded(const typename Of::CancelTimer& cancel) {
    return {.kind = AnyEffect::Kind::cancel_timer, .bytes = encode(cancel.timer)};
  }
  static AnyEffect encoded(const typename Of::Persist& persist) {
    return {.kind = AnyEffect::Kind::persist, .bytes = encode(persist.record)};
  }
  static AnyEffect encoded(const typename Of::Compact& compact) {
    AnyEffect effect{.kind = AnyEffect::Kind::compact};
    for (const std::size_t alternative : compact.within) {
      effect.bytes += static_cast<char>(alternative);  // as a variant's encoding begins
    }
    for (const auto& record : compact.records) effect.records.push_back(encode(record));
    return effect;
  }
  static AnyEffect encoded(const typename Of::Emit& emit) {
    return {.kind = AnyEffect::Kind::emit, .bytes = encode(emit.output)};
  }

  Node node_;
  std::vector<typename Context<Protocol>::Effect> memory_;
};

}  // namespace erase

template <class Node>
std::unique_ptr<AnyNode> make_node(Node node) {
  static_assert(erase::NodeParts<Node>::handles_everything);
  return std::make_unique<erase::ErasedNode<Node>>(std::move(node));
}

}  // namespace octet

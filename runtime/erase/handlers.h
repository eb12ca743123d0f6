#pragma once

#include <span>
#include <type_traits>
#include <variant>

#include "runtime/node.h"

namespace octet::erase {

/// Says in one sentence what a node lacks; the compiler adds of which class.

template <class Node, class Message>
struct HandlerOfMessage {
  static constexpr bool exists = requires(Node & node, const Message& message, NodeId from,
                                          Context<typename Node::Protocol>& ctx) {
    node.on(message, from, ctx);
  };
  static_assert(exists,
                "a message of the protocol has no handler: write "
                "void on(const THE_MESSAGE&, NodeId from, Context& ctx)");
};

template <class Node, class Timer>
struct HandlerOfTimer {
  static constexpr bool exists =
      requires(Node & node, const Timer& timer, Context<typename Node::Protocol>& ctx) {
    node.on(timer, ctx);
  };
  static_assert(exists,
                "a timer or an input of the protocol has no handler: write "
                "void on(const THE_TIMER&, Context& ctx)");
};

template <class Node>
struct HandlerOfMessage<Node, Never> {
  static constexpr bool exists = true;
};
template <class Node>
struct HandlerOfTimer<Node, Never> {
  static constexpr bool exists = true;
};

template <class Node, template <class, class> class Handler, class List>
constexpr bool handles_all = false;
template <class Node, template <class, class> class Handler, class... Content>
constexpr bool handles_all<Node, Handler, std::variant<Content...>> =
    (Handler<Node, Content>::exists && ...);

/// What every node's class must have.
template <class Node>
struct NodeParts {
  using Protocol = typename Node::Protocol;
  static constexpr bool handles_everything =
      handles_all<Node, HandlerOfMessage, typename Protocol::Message> &&
      handles_all<Node, HandlerOfTimer, typename Protocol::Timer> &&
      handles_all<Node, HandlerOfTimer, typename Protocol::Input>;
  static_assert(handles_everything, "this node's class lacks a handler");

  static_assert(std::is_copy_constructible_v<Node>, "a node must be a value that can be copied");
  static_assert(
      requires(const Node& node) { node == node; },
      "a node needs bool operator==(const NODE&) const = default");
  static_assert(
      requires(const Node& node) { node.view(); },
      "a node needs View view() const, which tests look at");
  static_assert(
      requires(Node & node, std::span<const typename Node::Protocol::Record> recovered,
               Context<typename Node::Protocol>& ctx) { node.start(recovered, ctx); },
      "a node needs void start(std::span<const Protocol::Record> recovered, Context& ctx)");
};

}  // namespace octet::erase

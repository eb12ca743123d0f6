#pragma once

#include <cstddef>
#include <cstdlib>
#include <span>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "runtime/node.h"

namespace octet {

/// A node that contains another, as a key-value server contains its Raft, holds it by value. Its
/// own lists contain the inner lists, each as one alternative:
///
///     using Message = std::variant<Request, Reply, raft::Protocol::Message>;
///
///     void on(const raft::Protocol::Message& message, NodeId from, Context& ctx) {
///       for (const auto& output : octet::inside(raft_, ctx, message, from)) { ... }
///     }

namespace detail {

template <class Alternative, class... Others>
constexpr std::size_t index_of(const std::variant<Others...>*) {
  std::size_t index = 0;
  (void)((std::is_same_v<Alternative, Others> || (++index, false)) || ...);
  return index;
}

/// The inner list's value as one alternative of the outer list.
template <class OuterList, class InnerList>
OuterList lift(InnerList&& content) {
  if constexpr (std::is_same_v<std::remove_cvref_t<InnerList>, std::variant<Never>>) {
    std::abort();  // nobody has a Never
  } else {
    static_assert(std::is_constructible_v<OuterList, InnerList>,
                  "each list of the outer protocol must hold the inner protocol's list");
    return OuterList(std::forward<InnerList>(content));
  }
}

/// Turns what the inner node asked for into effects of the outer one, and returns what it emitted.
template <class Inner, class Outer>
std::vector<typename Inner::Output> forward(Context<Inner>& inner, Context<Outer>& outer) {
  using Of = Effects<Inner>;
  std::vector<typename Inner::Output> emitted;
  const auto forward_one = [&]<class Effect>(Effect& effect) {
    if constexpr (std::is_same_v<Effect, typename Of::Send>) {
      outer.send(effect.to, lift<typename Outer::Message>(std::move(effect.message)));
    } else if constexpr (std::is_same_v<Effect, typename Of::SetTimer>) {
      outer.set_timer(lift<typename Outer::Timer>(std::move(effect.timer)), effect.min, effect.max);
    } else if constexpr (std::is_same_v<Effect, typename Of::CancelTimer>) {
      outer.cancel_timer(lift<typename Outer::Timer>(std::move(effect.timer)));
    } else if constexpr (std::is_same_v<Effect, typename Of::Persist>) {
      outer.persist(lift<typename Outer::Record>(std::move(effect.record)));
    } else if constexpr (std::is_same_v<Effect, typename Of::Compact>) {
      // The inner node means its own records; those of the outer one stay.
      typename Effects<Outer>::Compact all;
      for (auto& record : effect.records) {
        all.records.push_back(lift<typename Outer::Record>(std::move(record)));
      }
      constexpr const typename Outer::Record* records = nullptr;
      all.within = {index_of<typename Inner::Record>(records)};
      all.within.insert(all.within.end(), effect.within.begin(), effect.within.end());
      outer.effects().push_back(std::move(all));
    } else {
      emitted.push_back(std::move(effect.output));
    }
  };
  for (auto& effect : inner.effects()) std::visit(forward_one, effect);
  return emitted;
}

}  // namespace detail

/// Hands a message, with its sender, or a timer or input to the inner node. What it asks for
/// becomes effects of `ctx`; what it emits is returned, for the outer node to act upon. What the
/// inner node has persisted need not be durable then; but what the outer node sends or emits after
/// this waits for it.
template <class Node, class Outer, class... Alternatives, class... From>
auto inside(Node& node, Context<Outer>& ctx, const std::variant<Alternatives...>& event,
            From... from) {
  Context<typename Node::Protocol> inner(ctx.environment());
  std::visit([&](const auto& content) { node.on(content, from..., inner); }, event);
  return detail::forward(inner, ctx);
}

/// Starts the inner node with those of the records that are its own.
template <class Node, class Outer>
auto start_inside(Node& node, Context<Outer>& ctx,
                  std::span<const typename Outer::Record> recovered) {
  std::vector<typename Node::Protocol::Record> own;
  for (const auto& record : recovered) {
    if (const auto* inner = std::get_if<typename Node::Protocol::Record>(&record)) {
      own.push_back(*inner);
    }
  }
  Context<typename Node::Protocol> inner(ctx.environment());
  node.start(own, inner);
  return detail::forward(inner, ctx);
}

}  // namespace octet

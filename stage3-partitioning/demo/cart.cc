// Dynamo's shopping cart (§4.4, §6.3): one cart, two devices, and a network that breaks between
// them. Your store runs in the simulator, so every run tells the same story.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "runtime/sim/world.h"
#include "stage3-partitioning/api/solution.h"
#include "stage3-partitioning/demo/store/maps.h"

namespace {

using namespace octet;
using namespace octet::store;
using namespace std::chrono_literals;

/// What is in a cart; its value in the store has these words, in their order.
using Cart = std::set<std::string>;

std::string text_of(const Cart& cart) {
  return fmt::format("{}", fmt::join(cart, " "));
}

Cart cart_of(const std::string& text) {
  Cart cart;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    cart.insert(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return cart;
}

/// How the application makes one cart of several: what is in any of them is in it.
Cart merged(const std::vector<std::string>& siblings) {
  Cart all;
  for (const std::string& sibling : siblings) all.merge(cart_of(sibling));
  return all;
}

std::string in_words(const std::vector<std::string>& siblings) {
  return siblings.empty() ? "nothing" : fmt::format("[{}]", fmt::join(siblings, "] and ["));
}

/// Five nodes with sloppy quorums: whoever can reach two nodes can fill a cart.
class Shop {
 public:
  Shop() {
    const std::vector<NodeId> nodes = {1, 2, 3, 4, 5};
    const Config config{.founding = slots::founding_map(nodes), .sloppy = true};
    for (const NodeId id : nodes) {
      world_.add(id, [=] { return make_store_node(config); });
      world_.listen<Output>(id, [this](const Output& output) { ended_ = output; });
    }
  }

  /// How the request has ended.
  template <class Request>
  Output ask(NodeId node, Request request) {
    request.number = ++last_number_;
    ended_ = Unknown{};
    world_.input(node, Input(request));
    world_.run_until([&] { return number_of(ended_) == last_number_; }, 5s);
    return ended_;
  }

  Got read(std::string_view who, NodeId node) {
    const Output output = ask(node, Get{.key = cart_});
    const auto* got = std::get_if<Got>(&output);
    fmt::print("  {} reads at node {}: {}\n", who, node.value,
               got == nullptr ? "it fails" : in_words(got->values));
    return got == nullptr ? Got{} : *got;
  }

  void write(std::string_view who, NodeId node, const Cart& cart, const std::string& context) {
    last_written_ = cart;
    const Output output = ask(node, Put{.key = cart_, .value = text_of(cart), .context = context});
    fmt::print("  {} writes at node {}: [{}]{}\n", who, node.value, text_of(cart),
               std::holds_alternative<Stored>(output) ? ", and it is acknowledged" : " in vain");
  }

  /// Reads, changes and writes with the context that came with what was read.
  template <class Change>
  void change(std::string_view who, NodeId node, Change how) {
    const Got got = read(who, node);
    Cart cart = merged(got.values);
    how(cart);
    write(who, node, cart, got.context);
  }

  const Cart& last_written() const { return last_written_; }

  void break_network() {
    fmt::print("\nThe network breaks: nodes 1 and 2 here, nodes 3, 4 and 5 there.\n");
    world_.partition({{1, 2}, {3, 4, 5}});
  }

  void heal_network() {
    world_.heal().run_for(10s);
    fmt::print("\nThe network is whole again. Hints have been handed over, copies compared.\n");
  }

 private:
  static std::uint64_t number_of(const Output& output) {
    return std::visit([](const auto& end) { return end.number; }, output);
  }

  const std::string cart_ = "Ann's cart";
  sim::World world_{1};
  std::uint64_t last_number_ = 0;
  Output ended_ = Unknown{};
  Cart last_written_;
};

auto adds(const std::string& thing) {
  return [=](Cart& cart) { cart.insert(thing); };
}
auto removes(const std::string& thing) {
  return [=](Cart& cart) { cart.erase(thing); };
}

void tell_what_the_last_writer_does(const Cart& all, const Cart& last) {
  Cart lost = all;
  for (const std::string& thing : last) lost.erase(thing);
  fmt::print(
      "  If the last writer had won, [{}] would be all, and [{}], acknowledged, would be lost.\n",
      text_of(last), text_of(lost));
}

}  // namespace

int main() {
  Shop shop;
  const std::string phone = "Ann's phone ";
  const std::string laptop = "Ann's laptop";
  fmt::print("Ann begins to shop.\n");
  shop.change(phone, 1, adds("milk"));

  shop.break_network();
  shop.change(phone, 1, adds("bread"));
  shop.change(laptop, 4, adds("eggs"));

  shop.heal_network();
  const Got siblings = shop.read(phone, 2);
  tell_what_the_last_writer_does(merged(siblings.values), shop.last_written());
  fmt::print("  The application takes all that is in any of them, and has seen both:\n");
  shop.write(phone, 2, merged(siblings.values), siblings.context);
  shop.read(laptop, 5);

  fmt::print("\nAnd once more, but now something is taken out.\n");
  shop.break_network();
  shop.change(phone, 1, removes("milk"));
  shop.change(laptop, 4, adds("tea"));
  shop.heal_network();
  shop.change(phone, 2, [](Cart&) {});
  fmt::print(
      "  The milk is back. Nothing that was added is lost, but what was removed may return.\n");
}

#pragma once

#include <set>
#include <span>
#include <string>
#include <variant>

#include "runtime/erase/erased_node.h"
#include "runtime/search/explorer.h"

/// A node that does what a test says, for what no protocol should do.
namespace octet::toy {

struct Say {
  int number = 0;
};
struct Tick {
  int number = 0;
};
struct Do {
  int number = 0;
};
struct Told {
  int number = 0;
};
struct Note {
  int number = 0;
};
struct Mark {
  int number = 0;
};

struct Protocol : ProtocolDefaults {
  using Message = std::variant<Say>;
  using Timer = std::variant<Tick>;
  using Input = std::variant<Do>;
  using Output = std::variant<Told>;
  using Record = std::variant<Note, Mark>;
};
using Context = octet::Context<Protocol>;

struct Toy {
  using Protocol = toy::Protocol;
  struct View {
    int heard = 0;
    int restored = 0;
  };

  /// What it does when it is told to, and what when a message comes or a timer fires.
  struct Script {
    void (*on_do)(Toy&, int, Context&) = [](Toy&, int, Context&) {};
    void (*on_say)(Toy&, int, Context&) = [](Toy& toy, int number, Context&) {
      toy.heard = toy.heard * 10 + number;
    };
    void (*on_tick)(Toy&, int, Context&) = [](Toy& toy, int number, Context&) {
      toy.heard = toy.heard * 10 + number;
    };
    bool operator==(const Script&) const = default;
  };

  void start(std::span<const Protocol::Record> recovered, Context&) {
    for (const auto& record : recovered) {
      if (const auto* note = std::get_if<Note>(&record)) restored = restored * 10 + note->number;
    }
  }
  void on(const Do& what, Context& ctx) { script.on_do(*this, what.number, ctx); }
  void on(const Say& say, NodeId, Context& ctx) { script.on_say(*this, say.number, ctx); }
  void on(const Tick& tick, Context& ctx) { script.on_tick(*this, tick.number, ctx); }

  View view() const { return {heard, restored}; }
  bool operator==(const Toy&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(heard, restored);
  }

  Script script = {};
  int heard = 0;
  int restored = 0;
  int secret = 0;  // that serialize() forgets
};

inline Bytes told_to(int number) {
  return encode(Protocol::Input(Do{number}));
}

/// Toys 1 and 2; toy 1 is told to do 1, then 2, and so on.
inline search::Model toys(Toy::Script script, int inputs = 1) {
  search::Model model{.nodes = {1, 2},
                      .make = [script](NodeId) { return make_node(Toy{.script = script}); }};
  for (int i = 1; i <= inputs; ++i) model.inputs.push_back({1, told_to(i)});
  return model;
}

/// What a node has heard, in every state in which it is up.
inline std::set<int> everything_heard(search::Model model, NodeId by) {
  std::set<int> all;
  model.invariant("", [&all, by](const search::Snapshot& at) {
    if (const auto* view = at.view<Toy::View>(by)) all.insert(view->heard);
    return std::string();
  });
  search::explore(model);
  return all;
}

}  // namespace octet::toy

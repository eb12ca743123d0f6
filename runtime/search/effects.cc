#include "runtime/search/effects.h"

namespace octet::search {
namespace {

void compact(const AnyEffect& effect, Host& host, Catalogue& catalogue) {
  std::erase_if(host.records,
                [&](Id record) { return catalogue.bytes[record].starts_with(effect.bytes); });
  for (const Bytes& record : effect.records) {
    host.records.push_back(catalogue.bytes.id_of(record));
  }
}

void send(const AnyEffect& effect, const Host& host, std::vector<Id>& sent, Catalogue& catalogue) {
  const Id receiver = catalogue.place_of(effect.to);
  if (receiver == none) return;
  sent.push_back(catalogue.messages.id_of(
      {.sender = host.place, .receiver = receiver, .bytes = catalogue.bytes.id_of(effect.bytes)}));
}

void emit(const AnyEffect& effect, Host& host, Catalogue& catalogue) {
  host.outputs.push_back(catalogue.bytes.id_of(effect.bytes));
  const Model& model = catalogue.model;
  const auto application = model.applications.find(model.nodes[host.place]);
  if (application == model.applications.end()) return;
  for (const Bytes& input : application->second(effect.bytes)) {
    host.add_answer(catalogue.bytes.id_of(input));
  }
}

void perform_one(const AnyEffect& effect, Host& host, std::vector<Id>& sent, Catalogue& catalogue) {
  switch (effect.kind) {
    case AnyEffect::Kind::send:
      return send(effect, host, sent, catalogue);
    case AnyEffect::Kind::set_timer:
      return host.set_timer(catalogue.bytes.id_of(effect.bytes));
    case AnyEffect::Kind::cancel_timer:
      return host.cancel_timer(catalogue.bytes.id_of(effect.bytes));
    case AnyEffect::Kind::persist:
      return host.records.push_back(catalogue.bytes.id_of(effect.bytes));
    case AnyEffect::Kind::compact:
      return compact(effect, host, catalogue);
    case AnyEffect::Kind::emit:
      return emit(effect, host, catalogue);
  }
}

}  // namespace

void perform(std::span<const AnyEffect> effects, Host& host, std::vector<Id>& sent,
             Catalogue& catalogue) {
  for (const AnyEffect& effect : effects) perform_one(effect, host, sent, catalogue);
}

}  // namespace octet::search

#include "runtime/search/catalogue.h"

#include <algorithm>

#include "runtime/check.h"
#include "runtime/search/words.h"

namespace octet::search {

std::string Message::key() const {
  std::string key;
  append_word(key, sender);
  append_word(key, receiver);
  append_word(key, bytes);
  return key;
}

Catalogue::Catalogue(const Model& searched) : model(searched), inputs(searched.nodes.size()) {
  OCTET_CHECK(!model.nodes.empty(), "a world has nodes");
  OCTET_CHECK(model.make != nullptr, "somebody makes the nodes");
  for (const GivenInput& given : model.inputs) {
    const Id place = place_of(given.node);
    OCTET_CHECK(place != none, "an input is for a node of the model");
    inputs[place].push_back(bytes.id_of(given.input));
  }
}

Id Catalogue::place_of(NodeId node) const {
  const auto found = std::find(model.nodes.begin(), model.nodes.end(), node);
  return found == model.nodes.end() ? none : static_cast<Id>(found - model.nodes.begin());
}

}  // namespace octet::search

#pragma once

#include <string>
#include <variant>

#include "runtime/erase/any_node.h"
#include "runtime/erase/json.h"

namespace octet::erase {

/// A value as people see it: the name of its type, and its content in JSON. Of a variant, what is
/// in it.
template <class T>
Shown shown(const T& value) {
  if constexpr (detail::is_variant<T>) {
    return std::visit([](const auto& content) { return shown(content); }, value);
  } else {
    return {.name = std::string(type_name<T>()), .json = to_json(value)};
  }
}

}  // namespace octet::erase

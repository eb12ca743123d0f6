#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace octet::erase {

/// Knows the fields of a plain struct, and their names, so that a message needs no code of its own
/// to be encoded and shown, and no field can be forgotten. Works for aggregates of up to 12 fields
/// that are not arrays. The way is Boost.PFR's: structured bindings find the fields, and the
/// compiler's spelling of a pointer to one holds its name.

struct Anything {
  template <class T>
  operator T() const {
    std::abort();  // it only counts
  }
};

template <class T, std::size_t... I>
constexpr bool is_made_of(std::index_sequence<I...>) {
  return requires {
    T{(static_cast<void>(I), std::declval<Anything>())...};
  };
}

constexpr std::size_t most_fields = 12;

template <class T, std::size_t N = most_fields + 1>
constexpr std::size_t field_count() {
  if constexpr (N == 0 || is_made_of<T>(std::make_index_sequence<N>{})) {
    static_assert(N <= most_fields, "a message may have 12 fields; group some in a struct");
    return N;
  } else {
    return field_count<T, N - 1>();
  }
}

template <class T>
concept PlainStruct = std::is_aggregate_v<T> && std::is_class_v<T>;

/// References to all fields, in order.
template <class T>
constexpr auto fields(T& of) {
  constexpr std::size_t count = field_count<std::remove_const_t<T>>();
  if constexpr (count == 0) {
    return std::tie();
  } else if constexpr (count == 1) {
    auto& [a] = of;
    return std::tie(a);
  } else if constexpr (count == 2) {
    auto& [a, b] = of;
    return std::tie(a, b);
  } else if constexpr (count == 3) {
    auto& [a, b, c] = of;
    return std::tie(a, b, c);
  } else if constexpr (count == 4) {
    auto& [a, b, c, d] = of;
    return std::tie(a, b, c, d);
  } else if constexpr (count == 5) {
    auto& [a, b, c, d, e] = of;
    return std::tie(a, b, c, d, e);
  } else if constexpr (count == 6) {
    auto& [a, b, c, d, e, f] = of;
    return std::tie(a, b, c, d, e, f);
  } else if constexpr (count == 7) {
    auto& [a, b, c, d, e, f, g] = of;
    return std::tie(a, b, c, d, e, f, g);
  } else if constexpr (count == 8) {
    auto& [a, b, c, d, e, f, g, h] = of;
    return std::tie(a, b, c, d, e, f, g, h);
  } else if constexpr (count == 9) {
    auto& [a, b, c, d, e, f, g, h, i] = of;
    return std::tie(a, b, c, d, e, f, g, h, i);
  } else if constexpr (count == 10) {
    auto& [a, b, c, d, e, f, g, h, i, j] = of;
    return std::tie(a, b, c, d, e, f, g, h, i, j);
  } else if constexpr (count == 11) {
    auto& [a, b, c, d, e, f, g, h, i, j, k] = of;
    return std::tie(a, b, c, d, e, f, g, h, i, j, k);
  } else {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l] = of;
    return std::tie(a, b, c, d, e, f, g, h, i, j, k, l);
  }
}

namespace detail {

template <class T>
struct Sample {
  T value;
};

#ifdef __clang__
#pragma clang diagnostic ignored "-Wundefined-internal"
#pragma clang diagnostic ignored "-Wundefined-var-template"
#endif
template <class T>
extern const Sample<T> sample;  // never defined: only the names of its fields are used

template <class T>
struct Pointer {
  const T* to;
};

template <class T, std::size_t I>
consteval auto pointer_to_field() {
  auto& field = std::get<I>(fields(sample<T>.value));
  return Pointer<std::remove_cvref_t<decltype(field)>>{&field};
}

template <auto Field>
constexpr std::string_view spelled() {
  return __PRETTY_FUNCTION__;
}

template <class T>
constexpr std::string_view spelled_type() {
  return __PRETTY_FUNCTION__;
}

/// What stands after the last of ":. ".
constexpr std::string_view last_word(std::string_view spelling) {
  const auto before = spelling.find_last_of(":. ");
  return before == std::string_view::npos ? spelling : spelling.substr(before + 1);
}

/// GCC: "[with auto Field = Role::leader; ...]", and "(Role)7" for what has no name.
template <auto Value>
constexpr std::string_view spelled_enumerator() {
  constexpr auto spelling = spelled<Value>();
  constexpr auto value = spelling.substr(spelling.find("Field = ") + 8);
  constexpr auto word = last_word(value.substr(0, value.find_first_of(";]")));
  return word.find(')') == std::string_view::npos ? word : std::string_view();
}

}  // namespace detail

/// "term", for the first field of struct { Term term; ... }.
template <class T, std::size_t I>
consteval std::string_view field_name() {
  // GCC: "... value.M::term)}; ...]". Clang: "... value.term}]".
  constexpr auto spelling = detail::spelled<detail::pointer_to_field<T, I>()>();
  constexpr auto field = spelling.substr(spelling.find("value"));
  return detail::last_word(field.substr(0, std::min(field.find(")}"), field.find("}]"))));
}

/// "leader", for Role::leader. Empty when the value has no name, or is above 15, or when the
/// enumeration does not say what its values are stored in.
template <class T>
constexpr std::string_view enumerator_name(T value) {
  if constexpr (requires { T{0}; }) {
    constexpr auto names = []<std::size_t... I>(std::index_sequence<I...>) {
      return std::array{detail::spelled_enumerator<static_cast<T>(I)>()...};
    }
    (std::make_index_sequence<16>());
    const auto number = static_cast<std::uint64_t>(value);
    if (number < names.size()) return names[number];
  }
  return {};
}

/// "RequestVote", without its namespaces.
template <class T>
consteval std::string_view type_name() {
  constexpr auto spelling = detail::spelled_type<T>();
  constexpr auto type = spelling.substr(spelling.find("T = ") + 4);
  return detail::last_word(type.substr(0, type.find_first_of(";]<")));
}

}  // namespace octet::erase

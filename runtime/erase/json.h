#pragma once

#include <array>
#include <charconv>
#include <concepts>
#include <ranges>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

#include "runtime/erase/fields.h"
#include "runtime/node.h"

/// Shows values to people and to the space-time view: one line of JSON for each.
namespace octet::erase {

/// In quotes. UTF-8 stays what it is; any other byte becomes \u00XX, so the JSON is valid whatever
/// a student's strings hold.
void write_json_string(std::string& out, std::string_view text);

/// "150ms", "1.5s", "20us".
std::string duration_text(Duration duration);

template <class T>
void write_json(std::string& out, const T& value);

namespace detail {

template <class T>
concept Text = std::convertible_to<const T&, std::string_view>;

template <class T>
concept Keyed = std::ranges::range<T> && requires {
  typename T::mapped_type;
};

template <class T>
concept Optional = requires(const T& value) {
  value.has_value();
  *value;
};

template <class T>
constexpr bool is_variant = false;
template <class... T>
constexpr bool is_variant<std::variant<T...>> = true;

template <class T>
constexpr bool is_duration = false;
template <class Rep, class Period>
constexpr bool is_duration<std::chrono::duration<Rep, Period>> = true;

template <class T>
constexpr bool is_time = false;
template <class Clock, class D>
constexpr bool is_time<std::chrono::time_point<Clock, D>> = true;

template <class T>
concept Tuple = requires {
  std::tuple_size<T>::value;
};

/// What a class with a serialize() shows, in the place of a cereal archive.
class Lister {
 public:
  explicit Lister(std::string& out) : out_(out) {}

  template <class... T>
  void operator()(const T&... values) {
    (add(values), ...);
  }

 private:
  template <class T>
  void add(const T& value) {
    if (count_++ > 0) out_ += ',';
    write_json(out_, value);
  }

  std::string& out_;
  int count_ = 0;
};

template <class T>
void write_number(std::string& out, T number) {
  std::array<char, 32> digits;
  out.append(digits.data(),
             std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}

template <class T>
void write_fields(std::string& out, const T& value) {
  const auto all = fields(value);
  const auto write = [&]<std::size_t I>(std::integral_constant<std::size_t, I>) {
    if (I > 0) out += ',';
    write_json_string(out, field_name<T, I>());
    out += ':';
    write_json(out, std::get<I>(all));
  };
  const auto write_all = [&]<std::size_t... I>(std::index_sequence<I...>) {
    (write(std::integral_constant<std::size_t, I>()), ...);
  };
  if constexpr (constexpr auto count = std::tuple_size_v<decltype(all)>; count > 0) {
    write_all(std::make_index_sequence<count>());
  }
}

/// An object; a key that is not text is shown as text.
template <class T>
void write_map(std::string& out, const T& map) {
  out += '{';
  bool first = true;
  for (const auto& [key, value] : map) {
    if (!std::exchange(first, false)) out += ',';
    std::string name;
    write_json(name, key);
    if (name.starts_with('"')) {
      out += name;
    } else {
      write_json_string(out, name);
    }
    out += ':';
    write_json(out, value);
  }
  out += '}';
}

}  // namespace detail

template <class T>
void write_json(std::string& out, const T& value) {
  using namespace detail;
  if constexpr (std::is_same_v<T, bool>) {
    out += value ? "true" : "false";
  } else if constexpr (std::is_arithmetic_v<T>) {
    if constexpr (sizeof(T) == 1) {
      write_number(out, static_cast<int>(value));
    } else {
      write_number(out, value);
    }
  } else if constexpr (std::is_enum_v<T>) {
    const std::string_view name = enumerator_name(value);
    if (name.empty()) return write_number(out, static_cast<std::int64_t>(value));
    write_json_string(out, name);
  } else if constexpr (std::is_same_v<T, NodeId>) {
    write_number(out, value.value);
  } else if constexpr (is_duration<T>) {
    write_json_string(out, duration_text(std::chrono::duration_cast<Duration>(value)));
  } else if constexpr (is_time<T>) {
    write_json(out, value.time_since_epoch());
  } else if constexpr (Text<T>) {
    write_json_string(out, value);
  } else if constexpr (Optional<T>) {
    if (value.has_value()) {
      write_json(out, *value);
    } else {
      out += "null";
    }
  } else if constexpr (is_variant<T>) {
    const auto write = [&]<class Content>(const Content& content) {
      out += '{';
      write_json_string(out, type_name<Content>());
      out += ':';
      write_json(out, content);
      out += '}';
    };
    std::visit(write, value);
  } else if constexpr (Keyed<T>) {
    write_map(out, value);
  } else if constexpr (std::ranges::range<T>) {
    out += '[';
    Lister list(out);
    for (const auto& element : value)
      list(static_cast<const std::ranges::range_value_t<T>&>(element));
    out += ']';
  } else if constexpr (PlainStruct<T> && !Tuple<T>) {
    out += '{';
    write_fields(out, value);
    out += '}';
  } else if constexpr (Tuple<T>) {
    out += '[';
    std::apply(Lister(out), value);
    out += ']';
  } else {
    out += '[';
    Lister lister(out);
    const_cast<T&>(value).serialize(lister);
    out += ']';
  }
}

template <class T>
std::string to_json(const T& value) {
  std::string out;
  write_json(out, value);
  return out;
}

}  // namespace octet::erase

#pragma once

#include <bit>
#include <cereal/cereal.hpp>
#include <cereal/types/array.hpp>
#include <cereal/types/chrono.hpp>
#include <cereal/types/deque.hpp>
#include <cereal/types/map.hpp>
#include <cereal/types/optional.hpp>
#include <cereal/types/set.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/tuple.hpp>
#include <cereal/types/utility.hpp>
#include <cereal/types/vector.hpp>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include "runtime/erase/fields.h"
#include "runtime/node.h"

namespace octet {

/// An encoded message, timer, input, output, record or state. A string, because a short one needs
/// no memory of its own.
using Bytes = std::string;

/// What decode() throws: the bytes do not hold such a value.
struct Undecodable : std::runtime_error {
  using std::runtime_error::runtime_error;
};

namespace erase {

static_assert(std::endian::native == std::endian::little, "the encoding is little-endian");

/// A cereal archive that appends to bytes. Equal values have equal bytes: a number is little-endian
/// and as wide as its type, a size takes four bytes, containers are ordered.
class Writer : public cereal::OutputArchive<Writer, cereal::AllowEmptyClassElision> {
 public:
  explicit Writer(Bytes& out) : OutputArchive(this), out_(out) {}
  void write(const void* data, std::size_t size) {
    out_.append(static_cast<const char*>(data), size);
  }

 private:
  Bytes& out_;
};

/// A cereal archive that reads them again, never past their end, and makes room for no more than
/// they can hold.
class Reader : public cereal::InputArchive<Reader, cereal::AllowEmptyClassElision> {
 public:
  explicit Reader(std::string_view in) : InputArchive(this), left_(in) {}
  void read(void* data, std::size_t size) {
    if (size > left_.size()) throw Undecodable("it ends too early");
    if (size == 0) return;  // an empty container has no place to copy to
    std::memcpy(data, left_.data(), size);
    left_.remove_prefix(size);
  }
  std::size_t left() const { return left_.size(); }

 private:
  std::string_view left_;
};

template <class Archive>
concept OurArchive = std::same_as<Archive, Writer> || std::same_as<Archive, Reader>;

template <class T, class Archive>
concept SerializesItself = requires(T& value, Archive& archive) {
  value.serialize(archive);
};

template <class T>
constexpr bool is_array = false;
template <class T, std::size_t N>
constexpr bool is_array<std::array<T, N>> = true;

template <class T, class Archive>
concept EncodedByFields = PlainStruct<T> && !SerializesItself<T, Archive> && !is_array<T>;

}  // namespace erase

template <class T>
Bytes encode(const T& value) {
  Bytes bytes;
  erase::Writer writer(bytes);
  writer(value);
  return bytes;
}

/// Throws Undecodable.
template <class T>
void decode(std::string_view bytes, T& into) {
  try {
    erase::Reader reader(bytes);
    reader(into);
    if (reader.left() > 0) throw Undecodable("something follows it");
  } catch (const cereal::Exception& error) {
    throw Undecodable(error.what());
  }
}

}  // namespace octet

namespace cereal {

template <class T>
requires std::is_arithmetic_v<T>
void CEREAL_SAVE_FUNCTION_NAME(octet::erase::Writer& writer, const T& number) {
  writer.write(&number, sizeof(number));
}

template <class T>
requires std::is_arithmetic_v<T>
void CEREAL_LOAD_FUNCTION_NAME(octet::erase::Reader& reader, T& number) {
  if constexpr (std::is_same_v<T, bool>) {
    unsigned char byte = 0;
    reader.read(&byte, 1);
    if (byte > 1) throw octet::Undecodable("a bool is neither");
    number = byte == 1;
  } else {
    reader.read(&number, sizeof(number));
  }
}

template <octet::erase::OurArchive Archive, class T>
void CEREAL_SERIALIZE_FUNCTION_NAME(Archive& archive, NameValuePair<T>& pair) {
  archive(pair.value);
}

template <class T>
void CEREAL_SAVE_FUNCTION_NAME(octet::erase::Writer& writer, const SizeTag<T>& tag) {
  const auto size = static_cast<std::uint32_t>(tag.size);
  if (size != tag.size) throw octet::Undecodable("it is longer than 4 GiB");
  writer.write(&size, sizeof(size));
}

/// Every element takes a byte at least, so a larger size is a lie.
template <class T>
void CEREAL_LOAD_FUNCTION_NAME(octet::erase::Reader& reader, SizeTag<T>& tag) {
  std::uint32_t size = 0;
  reader.read(&size, sizeof(size));
  if (size > reader.left()) throw octet::Undecodable("it ends too early");
  tag.size = size;
}

template <class T>
void CEREAL_SAVE_FUNCTION_NAME(octet::erase::Writer& writer, const BinaryData<T>& data) {
  writer.write(data.data, static_cast<std::size_t>(data.size));
}

template <class T>
void CEREAL_LOAD_FUNCTION_NAME(octet::erase::Reader& reader, BinaryData<T>& data) {
  reader.read(data.data, static_cast<std::size_t>(data.size));
}

template <octet::erase::OurArchive Archive, octet::erase::EncodedByFields<Archive> T>
void CEREAL_SERIALIZE_FUNCTION_NAME(Archive& archive, T& value) {
  constexpr auto fields = [](T& of) { return octet::erase::fields(of); };
  if constexpr (std::tuple_size_v<decltype(fields(value))> == 0) {
    std::uint8_t nothing = 0;  // takes a byte at least
    archive(nothing);
  } else {
    std::apply([&](auto&... each) { archive(each...); }, fields(value));
  }
}

template <class... Alternatives>
void CEREAL_SAVE_FUNCTION_NAME(octet::erase::Writer& writer,
                               const std::variant<Alternatives...>& value) {
  writer(static_cast<std::uint8_t>(value.index()));
  const auto save = [&]<class T>(const T& content) {
    if constexpr (!std::is_same_v<T, octet::Never>) writer(content);
  };
  std::visit(save, value);
}

template <class... Alternatives>
void CEREAL_LOAD_FUNCTION_NAME(octet::erase::Reader& reader, std::variant<Alternatives...>& value) {
  std::uint8_t index = 0;
  reader(index);
  const auto load = [&]<std::size_t I>(std::integral_constant<std::size_t, I>) {
    using T = std::variant_alternative_t<I, std::variant<Alternatives...>>;
    if constexpr (std::is_same_v<T, octet::Never>) {
      throw octet::Undecodable("nobody has one");
    } else {
      static_assert(std::is_default_constructible_v<T>,
                    "what crosses a world needs a default constructor to be decoded into");
      reader(value.template emplace<I>());
    }
  };
  const auto load_one_of = [&]<std::size_t... I>(std::index_sequence<I...>) {
    return ((index == I && (load(std::integral_constant<std::size_t, I>()), true)) || ...);
  };
  if (!load_one_of(std::index_sequence_for<Alternatives...>())) {
    throw octet::Undecodable("it is none of the list");
  }
}

}  // namespace cereal

CEREAL_SETUP_ARCHIVE_TRAITS(octet::erase::Reader, octet::erase::Writer)

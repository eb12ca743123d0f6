#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stage2-clocks-rpc/api/fields.h"

/// Messages that use fields: an order in a shop, as version 1 of a program knows it and as version
/// 2 does. Both run at the same time, so each reads what the other writes. What version 2 added has
/// new tags; version 1 passes over them.
///
/// The functions are templates, so that they work with any Writer and Reader that have the members
/// of FieldWriter and FieldReader.
namespace octet::fields {

namespace v1 {

struct Item {
  std::string name;
  std::uint64_t count = 0;
  bool operator==(const Item&) const = default;
};

struct Order {
  std::uint64_t id = 0;
  std::string customer;
  std::int64_t balance_cents = 0;  // what the customer had before; may be a debt
  std::vector<Item> items;
  bool operator==(const Order&) const = default;
};

}  // namespace v1

namespace v2 {

struct Item {
  std::string name;
  std::uint64_t count = 0;
  std::int64_t discount_cents = 0;  // new
  bool operator==(const Item&) const = default;
};

struct Order {
  std::uint64_t id = 0;
  std::optional<std::string> note;  // new
  std::string customer;
  std::vector<std::uint64_t> coupons;  // new
  std::int64_t balance_cents = 0;
  std::vector<Item> items;
  std::optional<std::uint64_t> due_day;  // new
  std::vector<std::string> labels;       // new
  bool operator==(const Order&) const = default;
};

}  // namespace v2

// The tags of an order: 1 id, 2 note, 3 customer, 4 coupons, 5 balance, 6 items, 7 due day,
// 8 labels. Those of an item: 1 name, 2 count, 3 discount.

template <class Writer>
std::string encode(const v1::Item& item) {
  Writer writer;
  writer.bytes(1, item.name);
  writer.number(2, item.count);
  return writer.finish();
}

template <class Writer>
std::string encode(const v2::Item& item) {
  Writer writer;
  writer.bytes(1, item.name);
  writer.number(2, item.count);
  writer.signed_number(3, item.discount_cents);
  return writer.finish();
}

template <class Writer, class Item>
std::vector<std::string> encode_items(const std::vector<Item>& items) {
  std::vector<std::string> blocks;
  blocks.reserve(items.size());
  for (const Item& item : items) blocks.push_back(encode<Writer>(item));
  return blocks;
}

template <class Writer>
std::string encode(const v1::Order& order) {
  Writer writer;
  writer.number(1, order.id);
  writer.bytes(3, order.customer);
  writer.signed_number(5, order.balance_cents);
  writer.blocks(6, encode_items<Writer>(order.items));
  return writer.finish();
}

template <class Writer>
std::string encode(const v2::Order& order) {
  Writer writer;
  writer.number(1, order.id);
  if (order.note) writer.bytes(2, *order.note);
  writer.bytes(3, order.customer);
  writer.numbers(4, order.coupons);
  writer.signed_number(5, order.balance_cents);
  writer.blocks(6, encode_items<Writer>(order.items));
  if (order.due_day) writer.number(7, *order.due_day);
  writer.blocks(8, order.labels);
  return writer.finish();
}

// decode() takes a reader at the beginning of a message. False: the bytes are malformed. A field
// that is not there leaves its default: the writer was of another version.

template <class Reader>
bool decode(Reader& reader, v1::Item& item) {
  item.name = reader.bytes(1).value_or("");
  item.count = reader.number(2).value_or(0);
  return reader.finish();
}

template <class Reader>
bool decode(Reader& reader, v2::Item& item) {
  item.name = reader.bytes(1).value_or("");
  item.count = reader.number(2).value_or(0);
  item.discount_cents = reader.signed_number(3).value_or(0);
  return reader.finish();
}

template <class Reader, class Item>
bool decode_items(std::vector<Reader>& readers, std::vector<Item>& items) {
  for (Reader& reader : readers) {
    if (!decode(reader, items.emplace_back())) return false;
  }
  return true;
}

template <class Reader>
bool decode(Reader& reader, v1::Order& order) {
  order.id = reader.number(1).value_or(0);
  order.customer = reader.bytes(3).value_or("");
  order.balance_cents = reader.signed_number(5).value_or(0);
  auto items = reader.messages(6);
  return decode_items(items, order.items) && reader.finish();
}

template <class Reader>
bool decode(Reader& reader, v2::Order& order) {
  order.id = reader.number(1).value_or(0);
  if (const auto note = reader.bytes(2)) order.note = std::string(*note);
  order.customer = reader.bytes(3).value_or("");
  order.coupons = reader.numbers(4).value_or(std::vector<std::uint64_t>());
  order.balance_cents = reader.signed_number(5).value_or(0);
  auto items = reader.messages(6);
  order.due_day = reader.number(7);
  for (const auto label : reader.blocks(8).value_or(std::vector<std::string_view>())) {
    order.labels.emplace_back(label);
  }
  return decode_items(items, order.items) && reader.finish();
}

}  // namespace octet::fields

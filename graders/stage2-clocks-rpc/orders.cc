#include "graders/stage2-clocks-rpc/orders.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

#include "graders/stage2-clocks-rpc/field_bytes.h"

namespace octet::grading {
namespace {

template <class Value, std::size_t n>
Value pick(Random& random, const std::array<Value, n>& among) {
  return among[random.below(n)];
}

std::uint64_t some_number(Random& random) {
  return pick(random, std::array<std::uint64_t, 6>{0, 1, 127, 128, random.next(), UINT64_MAX});
}

std::int64_t some_signed(Random& random) {
  return pick(random, std::array<std::int64_t, 7>{0, -1, 1, -64, 64, INT64_MIN, INT64_MAX});
}

std::string some_text(Random& random) {
  const std::array<std::string, 5> texts = {"", "tea", std::string(3, '\0'), "\xff\x80",
                                            std::string(130, 'x')};
  return pick(random, texts);
}

std::string text(const fields::v1::Item& item) {
  return fmt::format("(\"{}\" {})", hex(item.name), item.count);
}

std::string text(const fields::v2::Item& item) {
  return fmt::format("(\"{}\" {} discount {})", hex(item.name), item.count, item.discount_cents);
}

template <class Order>
std::string shared_text(const Order& order) {
  std::string shown = fmt::format("id {}, customer \"{}\", balance {}, items", order.id,
                                  hex(order.customer), order.balance_cents);
  for (const auto& item : order.items) shown += " " + text(item);
  return shown;
}

}  // namespace

fields::v2::Order random_order(Random& random) {
  fields::v2::Order order;
  order.id = some_number(random);
  if (random.below(2) == 0) order.note = some_text(random);
  order.customer = some_text(random);
  for (std::uint64_t i = random.below(3); i > 0; --i) order.coupons.push_back(some_number(random));
  order.balance_cents = some_signed(random);
  for (std::uint64_t i = random.below(3); i > 0; --i) {
    order.items.push_back({some_text(random), some_number(random), some_signed(random)});
  }
  if (random.below(2) == 0) order.due_day = some_number(random);
  for (std::uint64_t i = random.below(3); i > 0; --i) order.labels.push_back(some_text(random));
  return order;
}

fields::v1::Order as_v1(const fields::v2::Order& order) {
  fields::v1::Order older{order.id, order.customer, order.balance_cents, {}};
  for (const auto& item : order.items) older.items.push_back({item.name, item.count});
  return older;
}

fields::v2::Order as_v2(const fields::v1::Order& order) {
  fields::v2::Order newer;
  newer.id = order.id;
  newer.customer = order.customer;
  newer.balance_cents = order.balance_cents;
  for (const auto& item : order.items) newer.items.push_back({item.name, item.count, 0});
  return newer;
}

std::string text(const fields::v1::Order& order) {
  return shared_text(order);
}

std::string text(const fields::v2::Order& order) {
  std::string shown = shared_text(order);
  shown += fmt::format(", coupons {}", order.coupons);
  if (order.note) shown += fmt::format(", note \"{}\"", hex(*order.note));
  if (order.due_day) shown += fmt::format(", due day {}", *order.due_day);
  for (const std::string& label : order.labels) shown += fmt::format(", label \"{}\"", hex(label));
  return shown;
}

}  // namespace octet::grading

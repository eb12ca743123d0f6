#include "bench/stage2/encodings.h"

namespace octet::bench {
namespace {

/// Seven bits to a byte, after zigzag. Avro knows no unsigned numbers.
std::size_t size_of_long(std::int64_t value) {
  std::uint64_t zigzag =
      static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63);
  std::size_t size = 1;
  while ((zigzag >>= 7) != 0) ++size;
  return size;
}

std::size_t size_of_long(std::uint64_t value) {
  return size_of_long(static_cast<std::int64_t>(value));
}

std::size_t size_of_text(const std::string& text) {
  return size_of_long(text.size()) + text.size();
}

/// One block with its count, and a block of none as the end.
template <class Item, class SizeOf>
std::size_t size_of_array(const std::vector<Item>& items, SizeOf size_of) {
  std::size_t size = 1;
  if (!items.empty()) size += size_of_long(items.size());
  for (const Item& item : items) size += size_of(item);
  return size;
}

std::size_t size_of_item(const fields::v2::Item& item) {
  return size_of_text(item.name) + size_of_long(item.count) + size_of_long(item.discount_cents);
}

}  // namespace

/// A record is its fields one after the other, without tags; what is optional is a union with null,
/// which begins with a byte that says which.
std::size_t avro_size(const Order& order) {
  return size_of_long(order.id) + 1 + (order.note ? size_of_text(*order.note) : 0) +
         size_of_text(order.customer) +
         size_of_array(order.coupons, [](std::uint64_t coupon) { return size_of_long(coupon); }) +
         size_of_long(order.balance_cents) + size_of_array(order.items, size_of_item) + 1 +
         (order.due_day ? size_of_long(*order.due_day) : 0) +
         size_of_array(order.labels, size_of_text);
}

}  // namespace octet::bench

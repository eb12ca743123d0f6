// One order, written by version 1 and by version 2 of a program, and read by both.
#include <fmt/core.h>

#include <exception>
#include <string>
#include <string_view>

#include "field_codec.h"
#include "stage2-clocks-rpc/api/orders.h"

namespace octet::fields {
namespace {

void print_bytes(std::string_view title, std::string_view bytes) {
  fmt::print("{}, {} bytes:\n ", title, bytes.size());
  for (const char byte : bytes) fmt::print(" {:02X}", static_cast<unsigned char>(byte));
  fmt::print("\n");
}

template <class Order>
void print_read(std::string_view title, std::string_view bytes) {
  Order order;
  FieldReader reader(bytes);
  if (!decode(reader, order)) {
    fmt::print("  {} reads: malformed\n", title);
    return;
  }
  fmt::print("  {} reads: order {} of {}, balance {}", title, order.id, order.customer,
             order.balance_cents);
  for (const auto& item : order.items) fmt::print(", {} {}", item.count, item.name);
  if constexpr (requires { order.note; }) fmt::print(", note: {}", order.note.value_or("none"));
  fmt::print("\n");
}

void print_order(std::string_view title, std::string_view bytes) {
  print_bytes(title, bytes);
  print_read<v1::Order>("version 1", bytes);
  print_read<v2::Order>("version 2", bytes);
}

void print_all() {
  const v1::Order older = {
      .id = 300, .customer = "Ann", .balance_cents = -5, .items = {{"tea", 2}}};
  const v2::Order newer = {.id = 300,
                           .note = "ring twice",
                           .customer = "Ann",
                           .coupons = {},
                           .balance_cents = -5,
                           .items = {{"tea", 2, 0}},
                           .due_day = {},
                           .labels = {}};
  print_order("version 1 writes", encode<FieldWriter>(older));
  const std::string bytes = encode<FieldWriter>(newer);
  print_order("version 2 writes", bytes);
  print_order("the last byte is lost", std::string_view(bytes).substr(0, bytes.size() - 1));
}

}  // namespace
}  // namespace octet::fields

int main() {
  try {
    octet::fields::print_all();
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
}

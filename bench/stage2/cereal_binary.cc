#include <cereal/archives/binary.hpp>
#include <cereal/types/optional.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/vector.hpp>
#include <sstream>

#include "bench/stage2/encodings.h"

namespace octet::fields::v2 {

template <class Archive>
void serialize(Archive& archive, Item& item) {
  archive(item.name, item.count, item.discount_cents);
}

template <class Archive>
void serialize(Archive& archive, Order& order) {
  archive(order.id, order.note, order.customer, order.coupons, order.balance_cents, order.items,
          order.due_day, order.labels);
}

}  // namespace octet::fields::v2

namespace octet::bench {

Encoding in_cereal_binary(const Order& order) {
  return {"cereal, binary",
          [&order] {
            std::ostringstream out;
            cereal::BinaryOutputArchive{out}(order);
            return std::move(out).str();
          },
          [](const std::string& bytes) {
            std::istringstream in(bytes);
            Order read;
            cereal::BinaryInputArchive{in}(read);
            return !in.fail();
          }};
}

}  // namespace octet::bench

#include <memory>

#include "bench/stage2/encodings.h"
#include "order.pb.h"

namespace octet::bench {

Encoding in_protocol_buffers(const Order& order) {
  const auto message = std::make_shared<proto::Order>();
  message->set_id(order.id);
  if (order.note) message->set_note(*order.note);
  message->set_customer(order.customer);
  for (const std::uint64_t coupon : order.coupons) message->add_coupons(coupon);
  message->set_balance_cents(order.balance_cents);
  for (const auto& item : order.items) {
    proto::Item& added = *message->add_items();
    added.set_name(item.name);
    added.set_count(item.count);
    added.set_discount_cents(item.discount_cents);
  }
  if (order.due_day) message->set_due_day(*order.due_day);
  for (const std::string& label : order.labels) message->add_labels(label);
  return {"Protocol Buffers", [message] { return message->SerializeAsString(); },
          [](const std::string& bytes) {
            proto::Order read;
            return read.ParseFromString(bytes);
          }};
}

}  // namespace octet::bench

#include <nlohmann/json.hpp>

#include "bench/stage2/encodings.h"

namespace octet::fields::v2 {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Item, name, count, discount_cents)

}  // namespace octet::fields::v2

namespace octet::bench {
namespace {

nlohmann::json to_json(const Order& order) {
  nlohmann::json json = {{"id", order.id},           {"customer", order.customer},
                         {"coupons", order.coupons}, {"balance_cents", order.balance_cents},
                         {"items", order.items},     {"labels", order.labels}};
  if (order.note) json["note"] = *order.note;
  if (order.due_day) json["due_day"] = *order.due_day;
  return json;
}

Order from_json(const nlohmann::json& json) {
  Order order;
  json.at("id").get_to(order.id);
  json.at("customer").get_to(order.customer);
  json.at("coupons").get_to(order.coupons);
  json.at("balance_cents").get_to(order.balance_cents);
  json.at("items").get_to(order.items);
  json.at("labels").get_to(order.labels);
  if (json.contains("note")) order.note = json["note"].get<std::string>();
  if (json.contains("due_day")) order.due_day = json["due_day"].get<std::uint64_t>();
  return order;
}

}  // namespace

Encoding in_json(const Order& order) {
  return {"JSON (nlohmann)", [&order] { return to_json(order).dump(); },
          [id = order.id](const std::string& text) {
            return from_json(nlohmann::json::parse(text)).id == id;
          }};
}

}  // namespace octet::bench

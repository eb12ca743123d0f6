#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "stage2-clocks-rpc/api/orders.h"

namespace octet::bench {

using Order = fields::v2::Order;

/// One order in one encoding, beginning and ending with the objects that programs which use this
/// encoding have: for Protocol Buffers those of its generated classes, for the others an Order.
struct Encoding {
  std::string name;
  std::function<std::string()> encode;
  std::function<bool(const std::string&)> decode;  // whether it worked; to an object of its own
};

Encoding in_ours(const Order& order);
Encoding in_protocol_buffers(const Order& order);
Encoding in_cereal_binary(const Order& order);
Encoding in_json(const Order& order);

/// The bytes that Avro's binary encoding takes, by the rules of its specification (1.11, "Binary
/// encoding"): nothing of Avro runs here.
std::size_t avro_size(const Order& order);

}  // namespace octet::bench

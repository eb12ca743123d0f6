#pragma once

#include <string>

#include "graders/dsl/random.h"
#include "stage2-clocks-rpc/api/orders.h"

namespace octet::grading {

/// With edge values often, and items and optional fields or none.
fields::v2::Order random_order(Random& random);

/// What version 1 sees of an order of version 2, and the other way round.
fields::v1::Order as_v1(const fields::v2::Order& order);
fields::v2::Order as_v2(const fields::v1::Order& order);

std::string text(const fields::v1::Order& order);
std::string text(const fields::v2::Order& order);

}  // namespace octet::grading

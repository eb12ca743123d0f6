#pragma once

#include "graders/dsl/history/operation.h"

namespace octet::grading {

/// Tries every order. For a dozen operations at most; shares nothing with the search but the
/// definition of what objects do (sequential.h), which the search does not use.
bool is_linearizable_by_brute_force(const Operations& operations);

/// Whether the operations can take effect in this order, which has all that returned, and whether
/// that agrees with real time.
bool is_linearization(const Operations& operations, const std::vector<std::size_t>& order);

}  // namespace octet::grading

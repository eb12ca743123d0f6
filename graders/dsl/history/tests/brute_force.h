#pragma once

#include "graders/dsl/history/operation.h"

namespace octet::grading {

/// Tries every order. For a dozen operations at most; shares nothing with the checker.
bool is_linearizable_by_brute_force(const Operations& operations);

}  // namespace octet::grading

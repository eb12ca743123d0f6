#pragma once

#include <cstddef>
#include <vector>

#include "graders/dsl/history/operation.h"

/// What can be taken from a history so that a linearizable one stays linearizable.
namespace octet::grading {

/// Operations that go together or not at all, by their places.
using Group = std::vector<std::size_t>;

/// Those that change nothing: each can go.
std::vector<Group> readers(const Operations& operations);

/// Those that change something: a write; all that bring and get one value of a queue; an acquire
/// with its release. Whether some can go depends on what remains.
std::vector<Group> writers(const Operations& operations);

/// Whether nobody who remains can have seen that these are gone.
bool are_unseen(const Operations& removed, const Operations& remaining);

}  // namespace octet::grading

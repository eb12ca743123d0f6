#pragma once

#include <functional>

#include "runtime/sim/world.h"

namespace octet::grading {

/// The same scenario, but what it expects in vain and what it gives up with fail() becomes a
/// failure of the world, by the place in the grader's source as the property's name: so a run can
/// be played again and again until it is clear what to say. tell() becomes a note of the world's
/// trace.
std::function<void(sim::World&)> guarded(std::function<void(sim::World&)> play);

}  // namespace octet::grading

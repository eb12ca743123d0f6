#pragma once

#include <functional>

#include "runtime/sim/world.h"

namespace octet::grading {

/// The same scenario, but what it expects in vain and what it gives up with fail() becomes a
/// failure of the world, by the place in the grader's source as the property's name: so a run can
/// be played again and again until it is clear what to say. The world goes on for one more event at
/// most, so that the trace ends where the failure is. tell() becomes a note of the world's trace.
std::function<void(sim::World&)> guarded(std::function<void(sim::World&)> play);

}  // namespace octet::grading

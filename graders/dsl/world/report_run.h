#pragma once

#include "runtime/minimize/minimize.h"
#include "runtime/search/model.h"
#include "runtime/search/result.h"
#include "runtime/sim/fault.h"
#include "runtime/trace/trace.h"

namespace octet::grading {

/// Explains why this run failed, with as few faults as it takes, and ends the test. Keeps the trace
/// of the smallest run, and tells its last events. `failed` is the world at its end.
[[noreturn]] void report_failure(const Experiment& experiment, const sim::Plan& plan,
                                 const sim::World& failed);

/// The same for what a search found.
[[noreturn]] void report_search(const search::Model& model, const search::Result& result);

/// Ends the test: the nodes were told the same twice, and did two things.
[[noreturn]] void report_difference(const trace::Trace& first, const trace::Trace& second);

/// Keeps the trace of a run that is as it should be, for those who want to see one.
void keep_passing(const Experiment& experiment, const sim::Plan& plan);

}  // namespace octet::grading

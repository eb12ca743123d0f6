#pragma once

#include "runtime/search/model.h"
#include "runtime/search/result.h"
#include "runtime/trace/trace.h"

namespace octet::search {

/// What a search found as a trace, for `./lab view` and whoever else reads traces: the run of
/// `result.trace`, taken once more. Nothing takes time in a search, so a second stands for a step,
/// and step 4 of the story is at 4 s. Records are durable at once. The faults are the plan; they
/// and the last step are the witnesses of a violation, for a shortest run has no fault that it does
/// not need. Below it stands what each disk has then, when the run has written anything.
///
/// The model is the one that was searched. The title is left to the caller.
trace::Trace trace_of(const Model& model, const Result& result);

}  // namespace octet::search

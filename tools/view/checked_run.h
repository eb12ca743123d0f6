#pragma once

#include <string>

#include "graders/dsl/history/violation.h"
#include "runtime/trace/trace.h"
#include "tools/view/marks.h"

/// What the checker says of a history that is not linearizable, as something to look at.
namespace octet::view {

struct CheckedRun {
  trace::Trace trace;
  Marks marks;
};

/// The clients alone, a step for each call and return. `sentence` says what is wrong.
CheckedRun run_of_clients(const grading::Violation& violation, const std::string& sentence);

/// The run that the history was read from: its places are the numbers of events.
CheckedRun run_with_marks(trace::Trace run, const grading::Violation& violation,
                          const std::string& sentence);

}  // namespace octet::view

#include "runtime/search/trace_of.h"

#include <set>

#include "runtime/search/retelling.h"
#include "runtime/trace/text.h"

namespace octet::search {

trace::Trace trace_of(const Model& model, const Result& result) {
  Retelling run(model);
  for (const Step& step : result.trace) run.take(step);
  trace::Trace trace{.world = "search", .violation = result.violation, .nodes = model.nodes};
  for (const std::uint64_t fault : run.faults()) {
    const trace::Event& event = run.events()[fault - 1];
    trace.plan.push_back(trace::place_of(event) + " " + trace::in_words(event));
  }
  if (!result.ok()) {
    std::set<std::uint64_t> witnesses(run.faults().begin(), run.faults().end());
    if (!run.events().empty()) witnesses.insert(run.last_step());
    trace.witnesses.assign(witnesses.begin(), witnesses.end());
    run.show_disks();
  }
  trace.end = run.now();
  trace.events = run.events();
  return trace;
}

}  // namespace octet::search

#include "graders/dsl/world/search.h"

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/report_run.h"
#include "runtime/search/trace_of.h"

namespace octet::grading {

search::Result search(const search::Model& model, const search::Bounds& bounds) {
  search::Result result = search::explore(model, bounds);
  if (!result.ok()) report_search(model, result);
  tell("the search: " + result.summary());
  return result;
}

}  // namespace octet::grading

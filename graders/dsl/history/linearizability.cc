#include "graders/dsl/history/linearizability.h"

#include "graders/dsl/history/just_in_time.h"
#include "graders/dsl/history/key_value_model.h"
#include "graders/dsl/history/lock_model.h"
#include "graders/dsl/history/queue_model.h"
#include "graders/dsl/history/register_model.h"

namespace octet::grading {

Linearizability check_linearizability(const Operations& operations, std::uint64_t budget) {
  if (operations.empty()) return {};
  const auto search = [&]<class M>(const M& model) {
    return JustInTime<M>(operations, model, budget).run();
  };
  switch (model_of(operations.front().kind)) {
    case Model::key_value:
      return search(KeyValueModel(operations));
    case Model::register_value:
      return search(RegisterModel(operations));
    case Model::queue:
      return search(QueueModel(operations));
    case Model::lock:
      return search(LockModel(operations));
  }
  return {};
}

}  // namespace octet::grading

#include "runtime/sim/disk.h"

#include <algorithm>
#include <utility>

namespace octet::sim {

void Disk::arrive() {
  AnyEffect write = std::move(under_way_.front());
  under_way_.pop_front();
  if (write.kind == AnyEffect::Kind::persist) {
    records_.push_back(std::move(write.bytes));
    return;
  }
  std::erase_if(records_, [&](const Bytes& record) { return record.starts_with(write.bytes); });
  records_.insert(records_.end(), std::make_move_iterator(write.records.begin()),
                  std::make_move_iterator(write.records.end()));
}

void Disk::crash(std::size_t survivors) {
  while (survivors-- > 0 && !under_way_.empty()) arrive();
  issued_ -= under_way_.size();
  under_way_.clear();
}

void Disk::forget(std::size_t last) {
  records_.resize(records_.size() - std::min(last, records_.size()));
}

}  // namespace octet::sim

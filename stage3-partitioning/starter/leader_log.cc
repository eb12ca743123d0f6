#include "leader_log.h"

#include "runtime/check.h"

namespace octet::leaders {

bool LeaderLog::take(const Update& update) {
  YOUR_CODE_HERE;
}

}  // namespace octet::leaders

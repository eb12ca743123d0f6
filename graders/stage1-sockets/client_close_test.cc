#include "graders/dsl/graded_test.h"
#include "graders/stage1-sockets/client_rig.h"

namespace octet::sockets {
namespace {

using grading::ClientRig;
using grading::lost;
using grading::tell;
using std::chrono::hours;
using std::chrono::nanoseconds;
using std::chrono::seconds;

void expect_closed(ClientRig& rig, std::size_t open_request, bool destroy) {
  if (destroy) {
    rig.destroy();
  } else {
    rig.close();
    const std::size_t after = rig.request("after close()", hours(1));
    rig.settle();
    EXPECT_EQ(rig.outcome(after), lost) << "a closed client serves nobody";
    rig.close();
  }
  rig.settle();
  EXPECT_EQ(rig.outcome(open_request), lost);
  rig.expect_no_work_left();
  const std::size_t accepted = rig.peer.accepted();
  rig.advance(seconds(60));
  EXPECT_EQ(rig.peer.accepted(), accepted) << "a closed client connects no more";
}

GRADED_TEST(Client, CloseEndsEverything, 1,
            "close() ends every request as lost and cancels what waits, in every state (T5, F7)") {
  for (const bool destroy : {false, true}) {
    tell(destroy ? "destroying is closing" : "closing");
    {
      ClientRig rig;
      const std::size_t open = rig.request("outstanding", hours(1));
      rig.await_request();
      expect_closed(rig, open, destroy);
    }
    {
      ClientRig rig;
      rig.peer.stop_listening();
      const std::size_t open = rig.request("before a retry", hours(1));
      rig.settle();
      rig.advance(nanoseconds(1));
      rig.peer.listen_again();
      expect_closed(rig, open, destroy);
    }
    {
      ClientRig rig({}, 0);
      rig.peer.ignore_attempts();
      const std::size_t open = rig.request("while connecting", hours(1));
      rig.settle();
      expect_closed(rig, open, destroy);
    }
    {
      ClientRig rig;
      const std::size_t open = rig.request("closed before it began", hours(1));
      expect_closed(rig, open, destroy);
    }
    ClientRig idle;
    idle.expect_that_it_still_works("before it is idle");
    if (destroy) {
      idle.destroy();
    } else {
      idle.close();
    }
    idle.expect_no_work_left();
  }
}

}  // namespace
}  // namespace octet::sockets

#pragma once

#include <memory>

#include "stage2-clocks-rpc/api/clocks.h"

/// The seam between this stage's graders and a solution: everything that a grader may call. The
/// files in api/seam/ connect it to the classes that a student writes, so a grader is compiled once
/// and linked with any solution.
namespace octet::clocks {

/// A LamportClock.
class AnyLamportClock {
 public:
  virtual ~AnyLamportClock() = default;
  virtual LamportStamp tick() = 0;
  virtual LamportStamp receive(const LamportStamp& message) = 0;
};
std::unique_ptr<AnyLamportClock> make_lamport_clock(NodeId process);

/// The student's comes_before().
bool lamport_comes_before(const LamportStamp& left, const LamportStamp& right);

}  // namespace octet::clocks

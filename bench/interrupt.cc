#include "bench/interrupt.h"

#include <csignal>
#include <initializer_list>

namespace octet::bench {
namespace {

volatile std::sig_atomic_t interrupted = 0;

}  // namespace

void catch_interrupts() {
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    std::signal(number, [](int) { interrupted = 1; });
  }
}

void stop_if_interrupted() {
  if (interrupted != 0) throw Interrupted();
}

}  // namespace octet::bench

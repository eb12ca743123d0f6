#include "bench/foreign.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <string>

namespace octet::bench {
namespace {

double now_s() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double>(now).count();
}

double used_s(int whose) {
  rusage used{};
  getrusage(whose, &used);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

double used_by_us_s() {
  return used_s(RUSAGE_SELF) + used_s(RUSAGE_CHILDREN);
}

/// The first line of /proc/stat has user, nice, system, idle, iowait, irq, softirq and steal, in
/// ticks. All but idle and iowait is work, of us or somebody.
double used_by_all_s() {
  std::ifstream stat("/proc/stat");
  std::string cpu;
  stat >> cpu;
  double busy = 0;
  for (int column = 0; column < 8; ++column) {
    double ticks = 0;
    stat >> ticks;
    if (column != 3 && column != 4) busy += ticks;
  }
  return busy / static_cast<double>(sysconf(_SC_CLK_TCK));
}

}  // namespace

ForeignWork::ForeignWork() : since_(now_s()), ours_(used_by_us_s()), all_(used_by_all_s()) {}

double ForeignWork::processors() const {
  const double foreign = used_by_all_s() - all_ - (used_by_us_s() - ours_);
  return std::max(foreign, 0.0) / (now_s() - since_);
}

double ForeignWork::all_processors() {
  return static_cast<double>(sysconf(_SC_NPROCESSORS_ONLN));
}

}  // namespace octet::bench

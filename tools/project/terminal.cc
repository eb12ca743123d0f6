#include "tools/project/terminal.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace octet::lab {

bool stdout_is_terminal() {
  return isatty(STDOUT_FILENO) == 1;
}

bool stderr_is_terminal() {
  return isatty(STDERR_FILENO) == 1;
}

std::string bar(double done, double total, int width) {
  const double share = total > 0 ? std::clamp(done / total, 0.0, 1.0) : 0;
  const int filled = static_cast<int>(std::floor(share * width));
  std::string cells;
  for (int cell = 0; cell < width; ++cell) cells += cell < filled ? '#' : '.';
  return cells;
}

void Progress::at(int done, int total) {
  if (stderr_is_terminal()) {
    fmt::print(stderr, "\r\033[K{} {}/{}", what_, done, total);
    std::fflush(stderr);
    drawn_ = true;
  } else if (done * 4 >= total * next_quarter_) {
    fmt::print(stderr, "{} {}/{}\n", what_, done, total);
    next_quarter_ = done * 4 / total + 1;
  }
}

void Progress::wipe() {
  if (drawn_) std::fputs("\r\033[K", stderr);
  drawn_ = false;
}

}  // namespace octet::lab

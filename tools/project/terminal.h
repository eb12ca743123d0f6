#pragma once

#include <string>
#include <string_view>

namespace octet::lab {

bool stdout_is_terminal();
bool stderr_is_terminal();

/// A bar of `width` cells, of which done/total are filled.
std::string bar(double done, double total, int width = 20);

/// Tells on stderr how far long work is: one updating line on a terminal, which is wiped in the
/// end; plain lines, a few at most, elsewhere.
class Progress {
 public:
  explicit Progress(std::string what) : what_(std::move(what)) {}
  ~Progress() { wipe(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void at(int done, int total);

  /// Makes room for a line of something else; the next at() draws it again.
  void wipe();

 private:
  std::string what_;
  int next_quarter_ = 0;  // of the plain lines
  bool drawn_ = false;
};

}  // namespace octet::lab

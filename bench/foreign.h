#pragma once

namespace octet::bench {

/// What everybody else's work takes of this machine's processors, since the object was made. Work
/// of ours is this process's and that of its children that have ended; ask when all have.
class ForeignWork {
 public:
  ForeignWork();

  /// How many processors it kept busy, on average.
  double processors() const;

  /// How many there are.
  static double all_processors();

 private:
  double since_;
  double ours_;
  double all_;
};

}  // namespace octet::bench

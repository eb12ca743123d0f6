#pragma once

#include <sys/types.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "runtime/sim/progress.h"

namespace octet::grading {

/// What a test process leaves for its supervisor: memory that both map, so that it survives every
/// way in which the process can end, and has no descriptor that a solution could close or write to.
/// Processes that the test forks write to it too. Everything has a fixed size; all writes are safe
/// in signal handlers.
struct Report {
  /// A list that keeps its first and its last entries and counts all of them.
  template <class Entry, std::size_t head, std::size_t tail>
  struct Ends {
    std::atomic<std::size_t> count;
    std::array<Entry, head + tail> entries;

    Entry& add() {
      const std::size_t index = count.fetch_add(1);
      return entries[index < head ? index : head + (index - head) % tail];
    }
    std::size_t left_out() const { return count > head + tail ? count - head - tail : 0; }
    /// The entries that were kept, in order; what was left out is missing after the first `head`.
    template <class Visit>
    void visit(Visit&& visit_entry) const {
      const std::size_t end = count;
      for (std::size_t i = 0; i < end && i < head; ++i) visit_entry(entries[i]);
      for (std::size_t i = head + left_out(); i < end; ++i) {
        visit_entry(entries[head + (i - head) % tail]);
      }
    }
  };

  template <std::size_t capacity>
  struct Text {
    std::size_t length;
    std::array<char, capacity> bytes;

    /// Cuts what does not fit, and says so.
    void set(std::string_view text) {
      constexpr std::string_view cut = "...";
      length = text.copy(bytes.data(), capacity);
      if (text.size() <= capacity) return;
      std::copy(cut.begin(), cut.end(), bytes.end() - cut.size());
    }
    /// A solution that writes at random may have hit the length too.
    std::string_view get() const { return {bytes.data(), std::min(length, capacity)}; }
  };
  using Line = Text<500>;
  using Message = Text<8000>;

  struct Crash {
    pid_t process;
    int signal;
    int depth;
    std::array<std::uintptr_t, 64> addresses;
  };

  static constexpr std::size_t story_head = 100;

  std::atomic<pid_t> test_process;
  std::atomic<std::uintptr_t> load_address;
  Ends<Line, story_head, 200> story;
  Ends<Message, 8, 8> failures;
  Ends<Crash, 4, 1> crashes;
  Message uncaught;        // what ended the process through std::terminate
  sim::Progress progress;  // of a run in the simulator
  Message known;  // a failure that the test was still explaining; counts if it never got to
  Message trace_file;
  std::atomic<bool> finished;
};

/// A new report, and the descriptor by which the test process finds it.
Report* make_report(int& descriptor);

/// Maps the report of this process and closes the descriptor. From then on report() is it.
void attach_report(int descriptor);

/// The report of this process; null outside of test processes.
Report* report();

}  // namespace octet::grading

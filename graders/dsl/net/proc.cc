#include "graders/dsl/net/proc.h"

#include <fmt/format.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string_view>

namespace octet::grading {
namespace {

std::string contents(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// What follows "field:" on its line.
std::string_view value(std::string_view text, std::string_view field) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    at = end + 1;
    if (!line.starts_with(field) || line.substr(field.size(), 1) != ":") continue;
    line.remove_prefix(field.size() + 1);
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    return line;
  }
  return {};
}

std::uint64_t number(std::string_view text) {
  std::uint64_t result = 0;
  std::from_chars(text.data(), text.data() + text.size(), result);
  return result;
}

/// The names in a folder of /proc that are numbers.
std::vector<int> numbers_in(const std::string& folder) {
  std::vector<int> found;
  std::error_code gone;
  std::filesystem::directory_iterator entry(folder, gone);
  for (; !gone && entry != std::filesystem::directory_iterator(); entry.increment(gone)) {
    found.push_back(std::atoi(entry->path().filename().c_str()));
  }
  std::sort(found.begin(), found.end());
  return found;
}

/// "(4, 999)", seconds and nanoseconds; zero when the timer is not armed.
std::chrono::nanoseconds time_left(std::string_view text) {
  if (text.empty()) return {};
  const std::size_t comma = std::min(text.find(", "), text.size() - 1);
  return std::chrono::seconds(number(text.substr(1))) +
         std::chrono::nanoseconds(number(text.substr(comma + 2)));
}

constexpr std::uint64_t exiting = 0x4;  // PF_EXITING of the kernel

/// The flags of a thread: "id (name) state parent group session terminal group flags ...".
std::uint64_t flags(std::string_view stat) {
  constexpr int spaces_before = 7;  // counted from the end of the name, which may hold anything
  std::size_t at = stat.rfind(')');
  for (int space = 0; space < spaces_before && at != std::string_view::npos; ++space) {
    at = stat.find(' ', at + 1);
  }
  return at == std::string_view::npos ? 0 : number(stat.substr(at + 1));
}

}  // namespace

std::vector<ThreadState> threads_of(pid_t pid) {
  std::vector<ThreadState> threads;
  for (const int id : numbers_in(fmt::format("/proc/{}/task", pid))) {
    const std::string status = contents(fmt::format("/proc/{}/task/{}/status", pid, id));
    const std::string_view state = value(status, "State");
    threads.push_back({.id = id,
                       .state = state.empty() ? '?' : state.front(),
                       .switches = number(value(status, "voluntary_ctxt_switches")) +
                                   number(value(status, "nonvoluntary_ctxt_switches"))});
  }
  return threads;
}

bool is_ending(pid_t pid) {
  const std::vector<int> threads = numbers_in(fmt::format("/proc/{}/task", pid));
  return !threads.empty() && std::all_of(threads.begin(), threads.end(), [&](int id) {
    return (flags(contents(fmt::format("/proc/{}/task/{}/stat", pid, id))) & exiting) != 0;
  });
}

std::chrono::nanoseconds cpu_time_of(pid_t pid) {
  clockid_t clock = {};
  timespec used = {};
  if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &used) != 0) return {};
  return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
}

bool timer_due(pid_t pid, std::chrono::nanoseconds soon) {
  for (const int descriptor : descriptors_of(pid)) {
    std::error_code gone;
    const auto what =
        std::filesystem::read_symlink(fmt::format("/proc/{}/fd/{}", pid, descriptor), gone);
    if (what != "anon_inode:[timerfd]") continue;
    const std::string info = contents(fmt::format("/proc/{}/fdinfo/{}", pid, descriptor));
    const auto left = time_left(value(info, "it_value"));
    if (left > std::chrono::nanoseconds(0) && left < soon) return true;
  }
  return false;
}

std::vector<int> descriptors_of(pid_t pid) {
  return numbers_in(fmt::format("/proc/{}/fd", pid));
}

std::size_t bytes_of(pid_t pid, const char* file, const char* field) {
  const std::string text = contents(fmt::format("/proc/{}/{}", pid, file));
  return number(value(text, field)) * 1024;
}

}  // namespace octet::grading

#include "graders/dsl/crash_trace.h"

#include <execinfo.h>
#include <fmt/format.h>
#include <signal.h>
#include <ucontext.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "graders/dsl/sanitizers.h"

namespace octet::grading {
namespace {

struct Position {
  std::uintptr_t instruction = 0;
  std::uintptr_t caller = 0;  // where a call of a null function came from
};

Position position_of([[maybe_unused]] const void* context) {
#if defined(__x86_64__)
  const auto& registers = static_cast<const ucontext_t*>(context)->uc_mcontext.gregs;
  const auto instruction = static_cast<std::uintptr_t>(registers[REG_RIP]);
  if (instruction != 0) return {instruction, 0};
  return {0, *reinterpret_cast<const std::uintptr_t*>(registers[REG_RSP])};
#elif defined(__aarch64__)
  const auto& machine = static_cast<const ucontext_t*>(context)->uc_mcontext;
  return {machine.pc, machine.pc == 0 ? machine.regs[30] : 0};
#else
  return {};
#endif
}

void note_crash(int signal, siginfo_t*, void* context) {
  Report::Crash& crash = report()->crashes.add();
  crash.process = getpid();
  crash.signal = signal;
  const Position position = position_of(context);
  int depth = 0;
  if (position.caller != 0)
    crash.addresses[static_cast<std::size_t>(depth++)] = position.caller - 1;

  std::array<void*, 62> frames;
  const int count = backtrace(frames.data(), static_cast<int>(frames.size()));
  for (int i = 0; i < count; ++i) {
    const auto address = reinterpret_cast<std::uintptr_t>(frames[static_cast<std::size_t>(i)]);
    // A return address is that of the next statement, except where the signal struck.
    const std::uintptr_t back = address == position.instruction ? 0 : 1;
    crash.addresses[static_cast<std::size_t>(depth++)] = address - back;
  }
  crash.depth = depth;
  raise(signal);  // the default action, since the handler is gone
}

void handle(int signal) {
  struct sigaction action {};
  action.sa_sigaction = &note_crash;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | static_cast<int>(SA_RESETHAND);
  sigaction(signal, &action, nullptr);
}

/// A stack overflow leaves no room for a handler on the same stack.
void use_own_stack_for_handlers() {
  static std::array<char, 128 << 10> memory;
  stack_t stack{};
  stack.ss_sp = memory.data();
  stack.ss_size = memory.size();
  sigaltstack(&stack, nullptr);
}

std::string output_of(const std::string& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), &pclose);
  std::string output;
  std::array<char, 4096> buffer;
  while (pipe && std::fgets(buffer.data(), buffer.size(), pipe.get())) output += buffer.data();
  return output;
}

/// Our own machinery, which is on every stack.
bool is_machinery(std::string_view place) {
  constexpr std::array<std::string_view, 14> places{"graders/dsl/crash_trace.cc",
                                                    "graders/dsl/grade.cc",
                                                    "graders/dsl/graded_test.cc",
                                                    "graders/dsl/outcome.cc",
                                                    "graders/dsl/test_process.",
                                                    "graders/dsl/world/guard.cc",
                                                    "graders/dsl/world/report_",
                                                    "graders/dsl/world/search.",
                                                    "graders/dsl/world/simulate.",
                                                    "runtime/check.cc",
                                                    "runtime/erase/",
                                                    "runtime/minimize/",
                                                    "runtime/search/",
                                                    "runtime/sim/"};
  return std::any_of(places.begin(), places.end(),
                     [&](std::string_view machinery) { return place.starts_with(machinery); });
}

/// "f() at /tree/stage1-sockets/starter/f.cc:12" as a frame of the tree, or nothing.
std::string frame_of_tree(std::string_view line) {
  constexpr std::string_view inlined = " (inlined by) ";
  if (line.starts_with(inlined)) line.remove_prefix(inlined.size());
  const std::size_t at = line.rfind(" at ");
  if (at == std::string_view::npos) return {};
  std::string_view place = line.substr(at + 4);
  place = place.substr(0, place.find(" (discriminator"));
  const std::string path = std::filesystem::path(place).lexically_normal().string();
  const std::string root = std::string(OCTET_SOURCE_DIR) + "/";
  const std::string_view function = line.substr(0, at);
  if (!path.starts_with(root) || function == "main" || function.ends_with("_Test::TestBody()")) {
    return {};
  }
  const std::string_view in_tree = std::string_view(path).substr(root.size());
  return is_machinery(in_tree) ? std::string() : fmt::format("{} at {}", function, in_tree);
}

}  // namespace

void install_crash_handlers() {
  std::array<void*, 1> frame;
  backtrace(frame.data(), 1);  // loads what it needs now, not in a handler
  use_own_stack_for_handlers();
  for (const int signal : {SIGABRT, SIGXCPU, SIGQUIT, SIGSYS}) handle(signal);
  if (sanitized) return;
  for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP}) handle(signal);
}

std::vector<std::string> symbolise(const Report::Crash& crash, std::uintptr_t load_address) {
  std::string command = "addr2line -Cfip -e /proc/" + std::to_string(getpid()) + "/exe";
  for (std::size_t i = 0; i < static_cast<std::size_t>(crash.depth); ++i) {
    command += fmt::format(" {:#x}", crash.addresses[i] - load_address);
  }
  std::string output = output_of(command + " 2>/dev/null");
  std::vector<std::string> frames;
  for (std::size_t begin = 0; begin < output.size();) {
    const std::size_t end = std::min(output.find('\n', begin), output.size());
    std::string frame = frame_of_tree(std::string_view(output).substr(begin, end - begin));
    const bool repeated = !frames.empty() && frames.back() == frame;
    if (!frame.empty() && !repeated) frames.push_back(std::move(frame));
    begin = end + 1;
  }
  return frames;
}

std::string signal_name(int signal) {
  const char* const name = sigabbrev_np(signal);
  const char* const description = sigdescr_np(signal);
  if (!name || !description) return fmt::format("signal {}", signal);
  std::string what = description;
  if (what.size() > 1 && std::islower(static_cast<unsigned char>(what[1]))) {
    what[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(what[0])));
  }
  return fmt::format("SIG{} ({})", name, what);
}

}  // namespace octet::grading

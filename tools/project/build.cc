#include "tools/project/build.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <cstdio>
#include <cstdlib>
#include <deque>
#include <fstream>

#include "runtime/descriptor.h"
#include "tools/project/compiler_errors.h"
#include "tools/project/errors.h"
#include "tools/project/subprocess.h"
#include "tools/project/terminal.h"

namespace octet::lab {
namespace {

constexpr std::size_t shown_errors = 5;
constexpr std::size_t shown_log_lines = 15;

/// The same lock as the launcher's.
class BuildLock {
 public:
  explicit BuildLock(const Project& project)
      : file_(open((project.state() / "lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0644)) {
    if (flock(file_.number(), LOCK_EX | LOCK_NB) == 0) return;
    fmt::print(stderr, "waiting for another ./lab that is building\n");
    flock(file_.number(), LOCK_EX);
  }

 private:
  Descriptor file_;
};

/// Runs a command with its output in a log and its last lines at hand.
class Logged {
 public:
  explicit Logged(const Project& project) : log_(project.state() / "build.log") {}

  int run(const Command& command, const std::function<void(std::string_view)>& on_line) {
    return run_lines(command, [&](std::string_view line) {
      log_ << line << '\n';
      last_.emplace_back(line);
      if (last_.size() > shown_log_lines) last_.pop_front();
      on_line(line);
    });
  }

  void show_end() {
    log_.flush();
    for (const std::string& line : last_) fmt::print(stderr, "{}\n", line);
  }

 private:
  std::ofstream log_;
  std::deque<std::string> last_;
};

void configure(const Project& project, const std::string& preset, Logged& logged) {
  if (std::filesystem::exists(build_folder(project, preset) / "build.ninja")) return;
  fmt::print(stderr, "configuring {}\n", preset);
  const int status = logged.run({"cmake", "-S", project.root(), "--preset", preset}, [](auto) {});
  if (status == 0) return;
  logged.show_end();
  throw Failure(fmt::format("configuring {} failed; the whole log: .lab/build.log", preset));
}

[[noreturn]] void explain(const CompilerErrors& errors, const BuildRequest& request,
                          Logged& logged) {
  if (errors.all().empty()) {
    logged.show_end();
    throw Failure(fmt::format("building {} failed; the whole log: .lab/build.log", request.target));
  }
  std::size_t shown = 0;
  for (const CompilerError& error : errors.all()) {
    if (shown++ == shown_errors) break;
    fmt::print(stderr, "{}{}{}\n", error.place, error.place.empty() ? "" : ": ", error.message);
  }
  if (errors.all().size() > shown_errors) {
    fmt::print(stderr, "... and {} more, in .lab/build.log\n", errors.all().size() - shown_errors);
  }
  const CompilerError& first = errors.all().front();
  if (first.message.starts_with("undefined reference")) {
    throw Failure(fmt::format("{} declares something and does not define it: {}", request.whose,
                              first.message));
  }
  if (const auto place = errors.first_place(request.folder)) {
    throw Failure(fmt::format("{} does not compile: fix {} first", request.whose, *place));
  }
  // Something outside uses what is not, or no longer, there.
  throw Failure(fmt::format("{} does not fit {}, which uses it", request.whose,
                            first.place.empty() ? "the code" : first.place));
}

}  // namespace

void build(const Project& project, const BuildRequest& request) {
  const BuildLock lock(project);
  Logged logged(project);
  configure(project, request.preset, logged);

  // The progress line needs a form that is easy to read back, whatever the user has set.
  setenv("NINJA_STATUS", "[%f/%t] ", 1);
  CompilerErrors errors(project.root());
  int status = 0;
  {
    Progress progress("building " + request.target);
    status = logged.run(
        {"cmake", "--build", build_folder(project, request.preset), "--target", request.target},
        [&](std::string_view line) {
          int done = 0;
          int total = 0;
          const std::string text(line);
          if (std::sscanf(text.c_str(), "[%d/%d]", &done, &total) == 2 && done > 0 && total > 1) {
            progress.at(done, total);
          }
          errors.read(line);
        });
  }
  if (status != 0) explain(errors, request, logged);
}

std::filesystem::path build_folder(const Project& project, const std::string& preset) {
  return project.root() / "build" / preset;
}

std::filesystem::path build_stage_program(const Project& project, const StageFolder& stage,
                                          Whose whose, const std::string& target,
                                          const std::string& preset) {
  project.solution(stage, whose);  // or says that it is not here
  const std::string folder = stage.folder.filename();
  build(project, {.preset = preset,
                  .target = target,
                  .folder = fmt::format("{}/{}/", folder, name_of(whose)),
                  .whose = whose == Whose::starter ? "your code" : "the reference"});
  return build_folder(project, preset) / folder / target;
}

}  // namespace octet::lab

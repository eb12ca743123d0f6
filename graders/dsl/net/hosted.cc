#include "graders/dsl/net/hosted.h"

#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <asio/buffer.hpp>
#include <asio/posix/stream_descriptor.hpp>
#include <asio/read.hpp>
#include <asio/write.hpp>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <system_error>

#include "graders/dsl/allocation_watch.h"
#include "graders/dsl/net/kick.h"
#include "graders/dsl/net/proc.h"
#include "graders/dsl/sanitizers.h"
#include "graders/dsl/uncaught.h"
#include "runtime/check.h"

namespace octet::grading {
namespace {

// The state of this process, for handlers that take no arguments.
HostedState* hosted = nullptr;

void note(std::string_view message) {
  const std::size_t size = std::min(message.size(), hosted->message.size() - 1);
  std::memcpy(hosted->message.data(), message.data(), size);
}

/// Writes down the exception that is being handled.
void note_exception(const char* where) {
  try {
    throw;
  } catch (const NotWritten& unwritten) {
    hosted->not_written = true;
    note(unwritten.what());
  } catch (...) {
    note(where + (": " + describe_current_exception()));
  }
}

[[noreturn]] void on_terminate() {
  if (std::current_exception() && hosted->message[0] == '\0') {
    note_exception("one of its threads or destructors");
  }
  std::abort();
}

/// Leaves at once: what else runs at exit belongs to the test.
void on_exit_called(int status, void*) {
  hosted->exited = true;
  _exit(status);
}

/// Keeps nothing of the test open but its output and `control`, which becomes the lowest.
int close_inherited(int control) {
  constexpr int kept = 3;
  if (control != kept) dup2(control, kept);
  syscall(SYS_close_range, kept + 1, ~0U, 0);
  return kept;
}

void limit_memory(std::size_t more) {
  if (sanitized) return;  // a sanitizer reserves terabytes
  rlimit limit = {};
  getrlimit(RLIMIT_AS, &limit);
  const rlim_t most = bytes_of(getpid(), "status", "VmSize") + more;
  limit.rlim_cur = std::min(most, limit.rlim_max);
  setrlimit(RLIMIT_AS, &limit);
}

void become_a_servant(HostedState& state, std::size_t memory_limit) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  hosted = &state;
  std::set_terminate(on_terminate);
  on_exit(on_exit_called, nullptr);
  signal(SIGPIPE, SIG_DFL);
  limit_memory(memory_limit);
  Clock::follow(&state.clock);
}

/// Answers the test's commands on the server's own event loop.
class Control {
 public:
  Control(asio::io_context& io, int descriptor, std::function<void()> stop_server)
      : io_(io), channel_(io, descriptor), stop_server_(std::move(stop_server)) {
    answer(ready);
    listen();
  }

 private:
  void answer(char command) { asio::write(channel_, asio::buffer(&command, 1)); }

  void listen() {
    asio::async_read(channel_, asio::buffer(&command_, 1),
                     [this](const asio::error_code& error, std::size_t) {
                       if (!error) obey();
                     });
  }

  void obey() {
    if (command_ == stop) {
      // Nothing of ours may keep the event loop alive from here on.
      channel_.close();
      return stop_server_();
    }
    kick(io_, [this] {
      hosted->allocated = allocated_bytes();
      hosted->largest_allocation = allocations_.largest();
      answer(look_at_clock);
      listen();
    });
  }

  AllocationWatch allocations_;
  asio::io_context& io_;
  asio::posix::stream_descriptor channel_;
  std::function<void()> stop_server_;
  char command_ = 0;
};

void serve(const StartServer& start, HostedState& state, int control) {
  const char* where = "its constructor";
  try {
    asio::io_context io;
    HostedServer server = start(io);
    where = "a handler";
    state.port = server.port;
    bool stopped = false;
    const Control commands(io, control, [&] {
      stopped = true;
      server.stop();
    });
    io.run();
    if (!stopped) return note("its io_context was stopped although nobody had called stop()");
    where = "its destructor";
    server = {};
  } catch (...) {
    return note_exception(where);
  }
  state.finished = true;
}

}  // namespace

std::shared_ptr<HostedState> share_state() {
  void* memory =
      mmap(nullptr, sizeof(HostedState), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "mmap");
  return {new (memory) HostedState, [](HostedState* state) { munmap(state, sizeof(HostedState)); }};
}

void host(const StartServer& start, HostedState& state, int control, std::size_t memory_limit) {
  control = close_inherited(control);
  become_a_servant(state, memory_limit);
  serve(start, state, control);
  _exit(state.finished ? 0 : 1);
}

}  // namespace octet::grading

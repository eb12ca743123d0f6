#include <fmt/format.h>

#include <asio/io_context.hpp>
#include <asio/signal_set.hpp>
#include <csignal>
#include <cstdio>

#include "tools/chaos/parse.h"
#include "tools/chaos/proxy.h"
#include "tools/verbs/verb.h"

namespace octet::lab {
namespace {

using asio::ip::tcp;

struct Options {
  std::string listen;
  std::string to;
  std::uint64_t seed = 1;
  bool quiet = false;
  chaos::Faults faults;
};

/// How people write a value: its name in the help, and what reads it.
template <class Value>
struct Form {
  const char* name;
  Value (*parse)(std::string_view text);
};

constexpr Form duration{"TIME", chaos::parse_duration};
constexpr Form size{"BYTES", chaos::parse_size};
constexpr Form share{"SHARE", chaos::parse_share};
constexpr Form moment{"WHEN", chaos::parse_moment};
constexpr Form stall{"WHEN", chaos::parse_stall};
constexpr Form coalesce{"HOW", chaos::parse_coalesce};
constexpr Form half_open{"WHICH", chaos::parse_half_open};

/// Adds options that set faults; what a form complains about is a usage error.
class FaultOptions {
 public:
  explicit FaultOptions(CLI::App& app) : app_(app) {}

  template <class Target, class Value>
  FaultOptions& add(const char* name, Target& target, Form<Value> form, const char* help) {
    const auto set = [name, &target, form](const std::string& text) {
      try {
        target = form.parse(text);
      } catch (const chaos::BadValue& bad) {
        throw CLI::ValidationError(name, bad.what());
      }
    };
    app_.add_option_function<std::string>(name, set, help)->type_name(form.name);
    return *this;
  }

 private:
  CLI::App& app_;
};

void add_faults(CLI::App& app, chaos::Faults& faults) {
  FaultOptions(app)
      .add("--delay", faults.delay, duration, "How long bytes travel: 50ms")
      .add("--jitter", faults.jitter, duration, "Each delay differs by up to this: 20ms")
      .add("--chunk", faults.chunk, size, "Pass bytes on in pieces: 1")
      .add("--gap", faults.gap, duration, "Time between two pieces of --chunk (1ms)")
      .add("--coalesce", faults.coalesce, coalesce,
           "Hold bytes and pass them on at once: bytes=4096,quiet=20ms")
      .add("--bandwidth", faults.bandwidth, size, "Per second and direction: 64KB")
      .add("--stall", faults.stall, stall, "Nothing passes for a while: after=1s,for=5s")
      .add("--refuse", faults.refuse, share, "Reset this share of connections at once: 30%")
      .add("--loss-of-connection", faults.loss_of_connection, share,
           "Reset this share within their first 64 KiB: 5%")
      .add("--cut", faults.cut, moment,
           "Close every connection: after=10s, bytes=100, down,bytes=100")
      .add("--reset", faults.reset, moment, "... with a reset")
      .add("--blackhole", faults.blackhole, moment,
           "From then on bytes vanish, nobody is told: after=0s")
      .add("--half-open", faults.half_open, half_open,
           "One direction's bytes vanish: up, down, up,after=2s");
}

/// "7000" on this machine alone, or "ADDRESS:7000".
tcp::endpoint parse_endpoint(const std::string& option, const std::string& text) {
  const std::size_t colon = text.rfind(':');
  const bool has_address = colon != std::string::npos;
  const std::string port = has_address ? text.substr(colon + 1) : text;
  std::error_code error;
  const auto address =
      asio::ip::make_address(has_address ? text.substr(0, colon) : "127.0.0.1", error);
  const bool is_number = !port.empty() && port.size() <= 5 &&
                         port.find_first_not_of("0123456789") == std::string::npos;
  if (error || !is_number || std::stoi(port) > 65535) {
    throw UsageError(
        fmt::format("{}: \"{}\" is not a port; write 7000 or 127.0.0.1:7000", option, text));
  }
  return {address, static_cast<std::uint16_t>(std::stoi(port))};
}

/// Writing each line at once lets a pipe or a log show what happens while it happens.
void print(const std::string& line) {
  fmt::print("{}\n", line);
  std::fflush(stdout);
}

std::unique_ptr<chaos::Proxy> listen(asio::io_context& io, const Options& options) {
  const tcp::endpoint at = parse_endpoint("--listen", options.listen);
  try {
    return std::make_unique<chaos::Proxy>(
        io, chaos::ProxyOptions{.listen = at,
                                .server = parse_endpoint("--to", options.to),
                                .faults = options.faults,
                                .seed = options.seed,
                                .on_event = [quiet = options.quiet](const chaos::Event& event) {
                                  if (!quiet || event.is_error) print(to_line(event));
                                }});
  } catch (const std::system_error& error) {
    throw Failure(fmt::format("cannot listen on port {}: {}", at.port(), error.code().message()));
  }
}

int run_chaos(const Options& options) {
  asio::io_context io;
  const auto proxy = listen(io, options);
  print(fmt::format("listening on port {}, passing on to {}, seed {}; end with Ctrl-C",
                    proxy->port(), options.to, options.seed));
  if (!options.quiet) {
    for (const std::string& line : describe(options.faults)) print("  " + line);
  }

  asio::signal_set interrupt(io, SIGINT, SIGTERM);
  interrupt.async_wait([&](std::error_code, int) { io.stop(); });
  io.run();
  if (options.quiet) return 0;
  const chaos::Totals totals = proxy->totals();
  print(fmt::format("\n{} connections, {} bytes client -> server, {} bytes server -> client",
                    totals.connections, totals.bytes_up, totals.bytes_down));
  return 0;
}

}  // namespace

Action chaos_verb(CLI::App& app, const Project&) {
  const auto options = std::make_shared<Options>();
  options->faults.gap = std::chrono::milliseconds(1);
  app.add_option("--listen", options->listen, "Where clients connect: 7000, or 0.0.0.0:7000")
      ->required()
      ->type_name("PORT");
  app.add_option("--to", options->to, "Where the server is: 7001, or 10.77.0.2:7001")
      ->required()
      ->type_name("PORT");
  app.add_option("--seed", options->seed, "The same seed, the same chances")
      ->type_name("N")
      ->capture_default_str();
  app.add_flag("--quiet", options->quiet, "Print only where it listens, and errors");
  add_faults(app, options->faults);
  return [options] { return run_chaos(*options); };
}

}  // namespace octet::lab

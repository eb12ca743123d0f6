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

/// An option whose text `parse` reads into `target`; what it complains about is a usage error.
template <class Target, class Parse>
void add_fault(CLI::App& app, const std::string& name, Target& target, Parse parse,
               const std::string& form, const std::string& help) {
  app.add_option_function<std::string>(
         name,
         [name, &target, parse](const std::string& text) {
           try {
             target = parse(text);
           } catch (const chaos::BadValue& bad) {
             throw CLI::ValidationError(name, bad.what());
           }
         },
         help)
      ->type_name(form);
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

void add_faults(CLI::App& app, chaos::Faults& faults) {
  using namespace chaos;
  add_fault(app, "--delay", faults.delay, parse_duration, "TIME", "How long bytes travel: 50ms");
  add_fault(app, "--jitter", faults.jitter, parse_duration, "TIME",
            "Each delay differs by up to this: 20ms");
  add_fault(app, "--chunk", faults.chunk, parse_size, "BYTES", "Pass bytes on in pieces: 1");
  add_fault(app, "--gap", faults.gap, parse_duration, "TIME",
            "Time between two pieces of --chunk (1ms)");
  add_fault(app, "--coalesce", faults.coalesce, parse_coalesce, "HOW",
            "Hold bytes and pass them on at once: bytes=4096,quiet=20ms");
  add_fault(app, "--bandwidth", faults.bandwidth, parse_size, "BYTES",
            "Per second and direction: 64KB");
  add_fault(app, "--stall", faults.stall, parse_stall, "WHEN",
            "Nothing passes for a while: after=1s,for=5s");
  add_fault(app, "--refuse", faults.refuse, parse_share, "SHARE",
            "Reset this share of connections at once: 30%");
  add_fault(app, "--loss-of-connection", faults.loss_of_connection, parse_share, "SHARE",
            "Reset this share within their first 64 KiB: 5%");
  add_fault(app, "--cut", faults.cut, parse_moment, "WHEN",
            "Close every connection: after=10s, bytes=100, down,bytes=100");
  add_fault(app, "--reset", faults.reset, parse_moment, "WHEN", "... with a reset");
  add_fault(app, "--blackhole", faults.blackhole, parse_moment, "WHEN",
            "From then on bytes vanish, nobody is told: after=0s");
  add_fault(app, "--half-open", faults.half_open, parse_half_open, "WHICH",
            "One direction's bytes vanish: up, down, up,after=2s");
}

/// Writing each line at once lets a pipe or a log show what happens while it happens.
void print(const std::string& line) {
  fmt::print("{}\n", line);
  std::fflush(stdout);
}

bool is_plain_traffic(const chaos::Event& event) {
  return event.what == chaos::arrow(chaos::Direction::up) ||
         event.what == chaos::arrow(chaos::Direction::down);
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
                                  if (!quiet || !is_plain_traffic(event)) print(to_line(event));
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
  for (const std::string& line : describe(options.faults)) print("  " + line);

  asio::signal_set interrupt(io, SIGINT, SIGTERM);
  interrupt.async_wait([&](std::error_code, int) { io.stop(); });
  io.run();
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
  app.add_flag("--quiet", options->quiet, "Print the faults, not the traffic");
  add_faults(app, options->faults);
  return [options] { return run_chaos(*options); };
}

}  // namespace octet::lab

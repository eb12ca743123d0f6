// Replicated key-value stores of three members, beside each other: puts, and the leader's end.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <stdexcept>

#include "bench/flushes.h"
#include "bench/foreign.h"
#include "bench/interrupt.h"
#include "bench/program.h"
#include "bench/samples.h"
#include "bench/stage4/etcd.h"
#include "bench/stage4/load.h"
#include "bench/stage4/octet.h"
#include "bench/stage4/tables.h"
#include "runtime/temporary_folder.h"

namespace octet::bench {
namespace {

constexpr std::size_t record_bytes = 100;  // about a put with its key
constexpr double flushing_s = 0.5;

struct Options {
  int rounds = 5;
  double seconds = 5;
  std::vector<int> clients = {1, 10, 100, 500};
  std::string folder = ".";
  std::string node;
};

class Bench {
 public:
  Bench(const Options& options, std::vector<Contestant> contestants)
      : options_(options), contestants_(std::move(contestants)), folder_(options.folder) {
    refuse_memory(folder_.path().parent_path());
    for (const Contestant& contestant : contestants_) {
      results_.push_back({.name = contestant.name, .loads = {}, .outages_s = {}});
    }
  }

  void run() {
    for (round_ = 1; round_ <= options_.rounds; ++round_) {
      flushes_.push_back(flushes_per_second(folder_.path(), record_bytes, flushing_s));
      say("the disk", fmt::format("{:.0f} flushes/s", flushes_.back()));
      for (const int clients : options_.clients) load(clients);
      kill_leader();
    }
    print();
  }

 private:
  void load(int clients) {
    with_each([&](Store& store, Results& results) {
      const LoadResult load = measure_load(store, clients, Seconds(options_.seconds));
      results.add(clients, load);
      return fmt::format("{} at a time, {:.0f} puts/s, p99 {:.2f} ms", clients,
                         load.puts_per_second, load.p99_ms);
    });
  }

  void kill_leader() {
    with_each([](Store& store, Results& results) {
      results.outages_s.push_back(measure_outage(store).count());
      return fmt::format("without its leader for {:.2f} s", results.outages_s.back());
    });
  }

  /// Each measurement has a new store, and no other one runs meanwhile.
  template <class Measure>
  void with_each(Measure measure) {
    for (std::size_t i = 0; i < contestants_.size(); ++i) {
      try {
        const auto store = contestants_[i].start(folder_.path());
        say(contestants_[i].name, measure(*store, results_[i]));
      } catch (const std::runtime_error& error) {
        throw std::runtime_error(contestants_[i].name + ": " + error.what());
      }
    }
  }

  void say(const std::string& who, const std::string& what) const {
    stop_if_interrupted();
    fmt::print(stderr, "round {} of {}: {}: {}\n", round_, options_.rounds, who, what);
  }

  void print() const {
    const Summary flushes = summarise(flushes_);
    fmt::print("{} rounds of {} s each; {} keys, values of {} bytes; at most {} connections\n",
               options_.rounds, options_.seconds, keys, value_bytes, most_connections);
    fmt::print(
        "data in {}, where {:.0f} ({:.0f} to {:.0f}) records of {} bytes a second are "
        "flushed one by one\n",
        folder_.path().parent_path().string(), flushes.median, flushes.min, flushes.max,
        record_bytes);
    fmt::print("meanwhile others kept {:.1f} of {:.0f} processors busy\n", foreign_.processors(),
               ForeignWork::all_processors());
    print_tables(results_);
  }

  const Options options_;
  const std::vector<Contestant> contestants_;
  const TemporaryFolder folder_;
  std::vector<Results> results_;  // in the order of the contestants
  std::vector<double> flushes_;
  const ForeignWork foreign_;
  int round_ = 0;
};

}  // namespace
}  // namespace octet::bench

int main(int argc, char** argv) {
  octet::bench::Options options;
  CLI::App app("Puts into replicated key-value stores, and the end of their leaders.", "bench_4");
  app.add_option("--rounds", options.rounds, "How often each case is measured")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  app.add_option("--seconds", options.seconds, "How long each measurement takes")
      ->check(CLI::Range(0.1, 3600.0))
      ->capture_default_str();
  app.add_option("--clients", options.clients, "How many clients put at a time, in turn")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  app.add_option("--folder", options.folder, "Where the stores keep their data")
      ->capture_default_str();
  app.add_option("--node", options.node, "The program of one server of a solution's store")
      ->required();
  return octet::bench::run_program(app, argc, argv, [&] {
    const auto start_octet = [&](const std::filesystem::path& folder) {
      return octet::bench::start_octet(options.node, folder);
    };
    octet::bench::Bench(options, {{"etcd", octet::bench::start_etcd}, {"octet", start_octet}})
        .run();
    return true;
  });
}

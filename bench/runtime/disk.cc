#include <fmt/format.h>

#include <asio/io_context.hpp>
#include <filesystem>
#include <memory>

#include "bench/flushes.h"
#include "bench/runtime/parts.h"
#include "bench/samples.h"
#include "runtime/erase/erased_node.h"
#include "runtime/storage/file_disk.h"
#include "runtime/tcp/runner.h"
#include "runtime/temporary_folder.h"

namespace octet::bench {
namespace {

constexpr std::size_t record_bytes = 100;
constexpr double long_enough = 1;  // seconds
constexpr int rounds = 5;

struct Note {
  std::string text;
};
struct Ledger : ProtocolDefaults {
  using Input = std::variant<Note>;
  using Output = std::variant<Note>;
  using Record = std::variant<Note>;
};

/// Says that a note is kept when it is on the disk.
struct Clerk {
  using Protocol = Ledger;
  struct View {};
  void start(std::span<const Protocol::Record>, Context<Ledger>&) {}
  void on(const Note& note, Context<Ledger>& ctx) {
    ctx.persist(note);
    ctx.emit(Note{});
  }
  View view() const { return {}; }
  bool operator==(const Clerk&) const = default;
  template <class Archive>
  void serialize(Archive&) {}
};

/// A node that is given the next note as soon as one is kept, so many at a time.
double notes_per_second(const TemporaryFolder& folder, int at_a_time) {
  asio::io_context io(1);
  tcp::Runner runner(
      io,
      {.id = 1, .protocol = "ledger", .listen = {asio::ip::address_v4::loopback(), 0}, .peers = {}},
      make_node(Clerk()),
      std::make_unique<FileDisk>(folder.path() / std::to_string(at_a_time), "ledger"));
  const Bytes note = encode(Ledger::Input(Note{std::string(record_bytes, 'x')}));
  int kept = 0;
  int to_give = at_a_time;
  runner.on_output = [&](const Bytes&) {
    ++kept;
    ++to_give;
  };
  runner.start();
  const double took = seconds([&] {
    const auto start = std::chrono::steady_clock::now();
    while (std::chrono::steady_clock::now() - start < std::chrono::duration<double>(long_enough)) {
      for (; to_give > 0; --to_give) runner.input(note);
      io.run_one();
    }
  });
  return kept / took;
}

}  // namespace

/// Rounds alternate, so that a disk that is busy for a while slows both.
void measure_disk() {
  const TemporaryFolder folder(std::filesystem::current_path());  // /tmp may be no disk
  fmt::print("a node's disk, records of {} bytes, beside plain write and fdatasync\n",
             record_bytes);
  for (const int at_a_time : {1, 16, 256}) {
    std::vector<double> ours;
    std::vector<double> theirs;
    for (int round = 0; round < rounds; ++round) {
      theirs.push_back(flushes_per_second(folder.path(), record_bytes, long_enough));
      ours.push_back(notes_per_second(folder, at_a_time));
    }
    fmt::print("  {:>3} at a time  {:>7.0f} records/s  {:>6.0f} flushes/s  ratio {:.2f}\n",
               at_a_time, summarise(ours).median, summarise(theirs).median,
               ratio(ours, theirs).median);
  }
}

}  // namespace octet::bench

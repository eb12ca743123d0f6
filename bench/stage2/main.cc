// One kind of message in several encodings: how many bytes, and how long it takes.
#include <fmt/core.h>

#include <chrono>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>
#include <vector>

#include "bench/samples.h"
#include "bench/stage2/encodings.h"

namespace octet::bench {
namespace {

constexpr double long_enough = 0.05;  // seconds of one measurement

Order order_with(std::size_t items) {
  Order order{.id = 1'000'042,
              .note = "please ring twice",
              .customer = "Ann Example",
              .coupons = {7, 31'415},
              .balance_cents = -1250,
              .items = {},
              .due_day = 20'000,
              .labels = {"gift", "fragile"}};
  for (std::size_t i = 0; i < items; ++i) {
    const auto number = static_cast<std::int64_t>(i);
    order.items.push_back({"article number " + std::to_string(i), 1 + i % 12, -number % 500});
  }
  return order;
}

/// Nanoseconds of one call, over as many as fill the time.
template <class Call>
double nanoseconds(Call call) {
  using Clock = std::chrono::steady_clock;
  std::size_t calls = 0;
  std::chrono::duration<double> taken{};
  for (const auto start = Clock::now(); taken.count() < long_enough; taken = Clock::now() - start) {
    for (int i = 0; i < 16; ++i) call();
    calls += 16;
  }
  return taken.count() * 1e9 / static_cast<double>(calls);
}

/// What several rounds gave of one encoding.
struct Times {
  std::vector<double> encode;
  std::vector<double> decode;
};

/// Encodings take turns, so that a machine that is busy for a while slows all of them.
std::vector<Times> measure(const std::vector<Encoding>& encodings, int rounds) {
  std::vector<Times> times(encodings.size());
  std::size_t kept = 0;  // what a compiler may not leave out
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < encodings.size(); ++i) {
      const Encoding& encoding = encodings[i];
      const std::string bytes = encoding.encode();
      times[i].encode.push_back(nanoseconds([&] { kept += encoding.encode().size(); }));
      times[i].decode.push_back(nanoseconds([&] { kept += encoding.decode(bytes) ? 1 : 0; }));
    }
  }
  if (kept == 0) throw std::runtime_error("nothing was encoded");
  return times;
}

void print_times(const std::vector<double>& times, const std::vector<double>& others) {
  fmt::print(" {:>9.0f} ns {:>6.2f}", summarise(times).median, ratio(times, others).median);
}

void bench_order(const std::string& what, const Order& order, int rounds) {
  const std::vector<Encoding> encodings = {in_protocol_buffers(order), in_ours(order),
                                           in_cereal_binary(order), in_json(order)};
  for (const Encoding& encoding : encodings) {
    if (!encoding.decode(encoding.encode())) throw std::runtime_error(encoding.name + " fails");
  }
  const std::vector<Times> times = measure(encodings, rounds);
  const auto least = static_cast<double>(encodings[0].encode().size());
  fmt::print("\n{:<24}{:>8} {:>6} {:>12} {:>6} {:>12} {:>6}\n", what, "bytes", "ratio", "encode",
             "ratio", "decode", "ratio");
  for (std::size_t i = 0; i < encodings.size(); ++i) {
    const std::size_t size = encodings[i].encode().size();
    fmt::print("{:<24}{:>8} {:>6.2f}", encodings[i].name, size, static_cast<double>(size) / least);
    print_times(times[i].encode, times[0].encode);
    print_times(times[i].decode, times[0].decode);
    fmt::print("\n");
  }
  const std::size_t avro = avro_size(order);
  fmt::print("{:<24}{:>8} {:>6.2f}\n", "Avro, by its rules", avro,
             static_cast<double>(avro) / least);
}

int bench_stage2(int rounds) {
  fmt::print("Times of one message, medians of {} rounds; ratios beside Protocol Buffers.\n",
             rounds);
  bench_order("an order of 1 item", order_with(1), rounds);
  bench_order("an order of 10 items", order_with(10), rounds);
  bench_order("an order of 1000 items", order_with(1000), rounds);
  return 0;
}

}  // namespace
}  // namespace octet::bench

int main(int argc, char** argv) {
  try {
    return octet::bench::bench_stage2(argc > 1 ? std::stoi(argv[1]) : 5);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}

#include "bench/stage3/store_load.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace octet::bench {
namespace {

TEST(StoreLoad, ReadsWhatRedisBenchmarkSays) {
  const Load load = load_of(
      "\"test\",\"rps\",\"avg_latency_ms\",\"p99_latency_ms\"\n"
      "\"SET new:__rand_int__ v CONTEXT \",\"5978.47\",\"6.119\",\"15.703\"\n");
  EXPECT_DOUBLE_EQ(load.per_second, 5978.47);
  EXPECT_DOUBLE_EQ(load.p99_ms, 15.703);
}

TEST(StoreLoad, RefusesOtherTexts) {
  EXPECT_THROW(load_of(""), std::runtime_error);
  EXPECT_THROW(load_of("\"test\",\"rps\",\"p99_latency_ms\"\n"), std::runtime_error);
  EXPECT_THROW(load_of("\"test\",\"rps\",\"p99_latency_ms\"\n\"GET\",\"many\",\"1\"\n"),
               std::runtime_error);
}

}  // namespace
}  // namespace octet::bench

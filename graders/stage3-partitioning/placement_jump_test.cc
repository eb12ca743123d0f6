#include <fmt/format.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/stage3-partitioning/placement_cases.h"
#include "graders/stage3-partitioning/placement_shares.h"

namespace octet::grading::placing {
namespace {

using placement::jump_bucket;

std::uint32_t checked_bucket(std::uint64_t hash, std::uint32_t buckets) {
  const std::uint32_t bucket = jump_bucket(hash, buckets);
  if (bucket < buckets) return bucket;
  fail(
      fmt::format("jump_bucket({:#x}, {}) is {}, which is no bucket (PT2)", hash, buckets, bucket));
}

/// Of so many hashes, with all bits or with some of them.
std::vector<double> shares_of_buckets(std::uint32_t buckets, int hashes, std::uint64_t bits) {
  Random random(seed(), "hashes");
  std::vector<double> shares(buckets);
  for (int i = 0; i < hashes; ++i) {
    shares[checked_bucket(random.next() & bits, buckets)] += 1.0 * buckets / hashes;
  }
  return shares;
}

void expect_bucket_to_stay_or_be_new(std::uint64_t hash, std::uint32_t few, std::uint32_t more) {
  const std::uint32_t before = checked_bucket(hash, few);
  const std::uint32_t now = checked_bucket(hash, more);
  if (now == before || now >= few) return;
  fail(fmt::format(
      "the hash {:#x} is in bucket {} of {}, and in {} of {}: it may only move to a new "
      "bucket (PT8)",
      hash, before, few, now, more));
}

GRADED_TEST(Jump, BucketsAreEven, 1,
            "every hash is in a bucket, and buckets have equal shares, also of hashes that differ "
            "in their upper 32 bits alone (PT2, PT3)") {
  for (const std::uint64_t hash : {std::uint64_t{0}, std::uint64_t{1}, UINT64_MAX}) {
    EXPECT_EQ(jump_bucket(hash, 1), 0) << "there is only one bucket";
  }
  // With up to ten buckets: B(20000, 0.1, 0.085) = 5e-12, B(20000, 0.1, 0.115) = 4e-11, in 44
  // buckets. With a hundred: B(20000, 0.01, 0.005) = 4e-14, B(20000, 0.01, 0.016) = 5e-14, in 200.
  for (const std::uint32_t buckets : {2, 3, 7, 10, 100}) {
    const double low = buckets <= 10 ? 0.85 : 0.5;
    const double high = buckets <= 10 ? 1.15 : 1.6;
    for (const std::uint64_t bits : {UINT64_MAX, 0xffff'ffff'0000'0000}) {
      for (const double share : shares_of_buckets(buckets, 20'000, bits)) {
        if (share > low && share < high) continue;
        fail(fmt::format("one of {} buckets has {:.2f} of its share of 20000 random hashes{} (PT3)",
                         buckets, share, bits == UINT64_MAX ? "" : " of the upper 32 bits"));
      }
    }
  }
}

GRADED_TEST(Jump, OneBucketMoreTakesItsShare, 1,
            "with one bucket more, its share moves there, and nothing else moves (PT8)") {
  Random random(seed(), "growth");
  for (int i = 0; i < 300; ++i) {
    const std::uint64_t hash = i < 64 ? std::uint64_t{1} << i : random.next();
    for (std::uint32_t buckets = 1; buckets < 60; ++buckets) {
      expect_bucket_to_stay_or_be_new(hash, buckets, buckets + 1);
    }
    expect_bucket_to_stay_or_be_new(hash, 1'000, 1'001);
    expect_bucket_to_stay_or_be_new(hash, 10, 1'000'000);
  }
  std::vector<double> from(10);
  for (int i = 0; i < 40'000; ++i) {
    const std::uint64_t hash = random.next();
    const std::uint32_t before = checked_bucket(hash, 10);
    if (checked_bucket(hash, 11) != before) from[before] += 110.0 / 40'000;
  }
  // From each of ten buckets 1 of 110 hashes: B(40000, 1 / 110, 0.6 / 110) = 2e-15 for less than
  // 0.6 of that, B(40000, 1 / 110, 1.5 / 110) = 8e-18 for more than 1.5.
  for (std::size_t bucket = 0; bucket < from.size(); ++bucket) {
    if (from[bucket] > 0.6 && from[bucket] < 1.5) continue;
    fail(
        fmt::format("from bucket {} of 10 to an eleventh move {:.2f} of what should, of 40000 "
                    "hashes (PT8)",
                    bucket, from[bucket]));
  }
}

GRADED_TEST(
    Jump, AnyNumberOfBuckets, 1,
    "buckets may be any number up to 2^32 - 1, and growth moves hashes to new buckets alone "
    "(PT2, PT8)") {
  Random random(seed(), "many");
  const std::uint32_t half = std::uint32_t{1} << 31;
  int in_upper_half = 0;
  int odd = 0;
  for (int i = 0; i < 4'000; ++i) {
    const std::uint64_t hash = random.next();
    const std::uint32_t counts[] = {1'000, 1U << 16, 1U << 24,  half - 1,
                                    half,  half + 1, UINT32_MAX};
    for (std::size_t more = 1; more < std::size(counts); ++more) {
      expect_bucket_to_stay_or_be_new(hash, counts[more - 1], counts[more]);
    }
    const std::uint32_t bucket = checked_bucket(hash, UINT32_MAX);
    in_upper_half += bucket >= half ? 1 : 0;
    odd += bucket % 2 == 1 ? 1 : 0;
  }
  // Half of them: B(4000, 0.5, 0.4) = 1e-35.
  const auto is_half = [](int count) { return count >= 1'600 && count <= 2'400; };
  if (!is_half(in_upper_half) || !is_half(odd)) {
    fail(fmt::format(
        "of 2^32 - 1 buckets the upper half has {} of 4000 random hashes, and the odd ones have {}",
        in_upper_half, odd));
  }
  for (const std::uint64_t hash : {std::uint64_t{0}, std::uint64_t{1}, UINT64_MAX}) {
    expect_bucket_to_stay_or_be_new(hash, 1, UINT32_MAX);
  }
}

}  // namespace
}  // namespace octet::grading::placing

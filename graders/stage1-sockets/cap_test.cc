#include <string>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/random.h"
#include "graders/stage1-sockets/register_pair.h"

namespace octet::sockets {
namespace {

using grading::other;
using grading::Random;
using grading::RegisterPair;
using grading::Side;
using grading::tell;

const Answer not_available = {.available = false};
const Answer done = {.available = true};

Answer reads(std::string value) {
  return {.available = true, .value = std::move(value)};
}

/// Votes that make `side` a majority by itself.
RegisterPair::Options consistent_with_majority(Side side) {
  return {.choice = Choice::consistency,
          .left_votes = side == Side::left ? 2u : 1u,
          .right_votes = side == Side::right ? 2u : 1u};
}

/// The same requests, in the same order, for whichever pair.
std::vector<Answer> answers_to_script(RegisterPair::Options options, std::uint64_t script) {
  Random random(script, "script");
  options.told = false;
  RegisterPair pair(options);
  std::vector<Answer> answers;
  std::string last;
  for (int i = 0; i < 60; ++i) {
    const Side at = random.below(2) == 0 ? Side::left : Side::right;
    if (random.below(2) == 0) {
      last = "value " + std::to_string(i);
      answers.push_back(pair.write(at, last));
      EXPECT_EQ(answers.back(), done) << "a write at the " << name(at) << " without a partition";
    } else {
      answers.push_back(pair.read(at));
      EXPECT_EQ(answers.back(), reads(last)) << "a read at the " << name(at);
    }
    if (testing::Test::HasFailure()) break;
  }
  return answers;
}

GRADED_TEST(Cap, OnlyAPartitionMakesTheChoicesDiffer, 1,
            "without a partition both choices answer alike, with one they differ (P3)") {
  const RegisterPair::Options available = {.choice = Choice::availability};
  tell("60 reads and writes at both replicas, one after the other, nothing lost");
  const auto expected = answers_to_script(available, grading::seed());
  EXPECT_EQ(answers_to_script({}, grading::seed()), expected);
  EXPECT_EQ(answers_to_script(consistent_with_majority(Side::left), grading::seed()), expected);
  EXPECT_EQ(answers_to_script(consistent_with_majority(Side::right), grading::seed()), expected);

  for (const Side side : {Side::left, Side::right}) {
    for (const RegisterPair::Options& options : {available, RegisterPair::Options{}}) {
      RegisterPair pair(options);
      EXPECT_EQ(pair.write(side, "before"), done);
      pair.cut();
      const bool goes_on = options.choice == Choice::availability;
      EXPECT_EQ(pair.read(other(side)), goes_on ? reads("before") : not_available);
      EXPECT_EQ(pair.write(side, "during"), goes_on ? done : not_available);
      EXPECT_NE(pair.read(other(side)).value, "during") << "nothing crosses a cut";
    }
  }
}

GRADED_TEST(Cap, TheMinorityRefusesTheMajorityGoesOn, 1,
            "consistency: cut off without a majority, a replica refuses reads and writes (P1)") {
  for (const Side majority : {Side::left, Side::right}) {
    const Side minority = other(majority);
    RegisterPair pair(consistent_with_majority(majority));
    EXPECT_EQ(pair.write(minority, "before"), done);
    pair.cut();
    for (const std::string value : {"first", "second"}) {
      EXPECT_EQ(pair.write(majority, value), done) << "a majority of the votes can go on";
      EXPECT_EQ(pair.read(majority), reads(value));
      EXPECT_EQ(pair.read(minority), not_available) << "it cannot know the newest value";
      EXPECT_EQ(pair.write(minority, "refused " + value), not_available);
    }
    pair.heal();
    EXPECT_EQ(pair.read(minority), reads("second")) << "the last write that was acknowledged";
    EXPECT_EQ(pair.read(majority), reads("second"));
    EXPECT_EQ(pair.write(minority, "after"), done);
    EXPECT_EQ(pair.read(majority), reads("after"));
  }
  RegisterPair equals(RegisterPair::Options{});
  EXPECT_EQ(equals.write(Side::left, "before"), done);
  equals.cut();
  for (const Side side : {Side::left, Side::right}) {
    EXPECT_EQ(equals.read(side), not_available) << "half of the votes is no majority";
    EXPECT_EQ(equals.write(side, "refused"), not_available);
  }
}

/// Both sides write while cut off; returns what the newest of their writes is.
Versioned write_on_both_sides(RegisterPair& pair, Random& random, int round) {
  for (const Side side : {Side::left, Side::right}) {
    // The first time the counters are equal: only the writers decide.
    const std::uint64_t writes = round == 1 ? 1 : 1 + random.below(3);
    for (std::uint64_t i = 0; i < writes; ++i) {
      const Version before = pair.held(side).version;
      const std::string value = std::string(name(side)) + " " + std::to_string(round * 10 + int(i));
      EXPECT_EQ(pair.write(side, value), done) << "availability: both sides accept";
      EXPECT_EQ(pair.read(side), reads(value)) << "a side sees its own writes";
      EXPECT_LT(before, pair.held(side).version) << "each write is newer than the one before it";
    }
  }
  const Versioned left = pair.held(Side::left);
  const Versioned right = pair.held(Side::right);
  EXPECT_NE(left.version, right.version) << "two writes never share a version";
  return left.version < right.version ? right : left;
}

GRADED_TEST(Cap, BothSidesGoOnAndAgreeAfterwards, 1,
            "availability: both sides accept; after healing both hold the newest version (P2)") {
  Random random(grading::seed(), "partitions");
  for (const bool left_is_higher : {false, true}) {
    RegisterPair pair({.choice = Choice::availability,
                       .left_id = left_is_higher ? 9u : 2u,
                       .right_id = left_is_higher ? 4u : 5u});
    for (int round = 1; round <= 5; ++round) {
      pair.cut();
      const Versioned newest = write_on_both_sides(pair, random, round);
      pair.heal();
      pair.exchange();
      pair.deliver_shuffled(random);
      for (const Side side : {Side::left, Side::right}) {
        ASSERT_EQ(pair.held(side), newest)
            << "after healing and an exchange the " << name(side) << " holds \""
            << pair.held(side).value << "\", and the newest write is \"" << newest.value << '"';
        EXPECT_EQ(pair.read(side), reads(newest.value));
      }
    }
    EXPECT_EQ(pair.write(Side::left, "whole"), done);
    EXPECT_EQ(pair.read(Side::right), reads("whole"));
  }
}

GRADED_TEST(Cap, LateMessagesAnswerNothing, 1,
            "a request is answered once, and never by what was meant for another (P1)") {
  const Side majority = Side::right;
  const Side minority = Side::left;
  RegisterPair pair(consistent_with_majority(majority));
  EXPECT_EQ(pair.write(minority, "old"), done);
  const RequestId slow = pair.begin_read(minority);
  ASSERT_FALSE(pair.in_flight().empty()) << "a minority has to ask its peer before it answers";
  pair.deliver(0);
  ASSERT_FALSE(pair.in_flight().empty()) << "a replica answers Ask at once";
  tell("the answer to request " + std::to_string(slow) + " is held up on its way");
  pair.report_silence(minority, slow);
  EXPECT_EQ(*pair.answer(minority, slow), not_available);

  pair.cut();
  EXPECT_EQ(pair.write(majority, "new"), done);
  pair.heal();
  const RequestId next = pair.begin_read(minority);
  pair.deliver_again(0);
  EXPECT_FALSE(pair.answer(minority, next)) << "what came was the late answer to request " << slow;
  pair.deliver_all();
  ASSERT_TRUE(pair.answer(minority, next)) << "every message was delivered";
  EXPECT_EQ(*pair.answer(minority, next), reads("new"));

  tell("silence is reported, and everything delivered twice, after the answers");
  pair.report_silence(minority, next);
  pair.report_silence(minority, slow);
  Random random(grading::seed(), "doubled");
  for (int i = 0; i < 10; ++i) {
    const RequestId write = pair.begin_write(minority, "write " + std::to_string(i));
    const RequestId read = pair.begin_read(majority);
    pair.deliver_shuffled(random);
    ASSERT_TRUE(pair.answer(minority, write) && pair.answer(majority, read))
        << "every message was delivered, and a request is still not answered";
    EXPECT_EQ(pair.read(majority), reads("write " + std::to_string(i)));
  }
}

}  // namespace
}  // namespace octet::sockets

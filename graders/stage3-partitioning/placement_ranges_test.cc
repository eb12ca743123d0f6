#include <fmt/format.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/stage3-partitioning/placement_cases.h"
#include "graders/stage3-partitioning/placement_ranges.h"

namespace octet::grading::placing {
namespace {

using namespace std::string_literals;

const std::vector<std::string> words = {"",  "a",  "b",  "c",  "d", "da", "dz", "e",  "l",
                                        "m", "ma", "mm", "mz", "n", "t",  "u",  "zz", "\xff"};

GRADED_TEST(Ranges, EveryKeyIsInOne, 1,
            "ranges have their beginning and not their end, the first begins with the empty key, "
            "and the last has no end (PT2, PT7)") {
  WatchedRanges map(7);
  map.look_up(words);
  map.split("m", 3);
  map.look_up(words);
  map.split("d", 5);
  map.look_up(words);
  map.split("t", 3);
  map.look_up(words);
  map.merge("m");
  map.look_up(words);
  map.merge("d");
  map.merge("t");
  map.look_up(words);
}

GRADED_TEST(
    Ranges, ChangesDoWhatTheySay, 1,
    "a split leaves the lower part where it was, a merged range belongs to the owner of the "
    "lower one, and what is not there cannot be split, merged or moved") {
  WatchedRanges map(7);
  tell("nothing to split, merge or move");
  map.split("", 9);
  map.merge("");
  map.merge("m");
  map.move("m", 9);
  map.look_up(words);
  tell("a range in the middle of others");
  map.split("m", 3);
  map.split("d", 5);
  map.split("t", 4'000'000'000);
  map.split("d", 9);
  map.split("", 9);
  map.merge("");
  map.merge("da");
  map.move("da", 9);
  map.move("c", 9);
  map.look_up(words);
  tell("the first, one in the middle, the last");
  map.move("", 11);
  map.move("m", 12);
  map.move("t", 13);
  map.merge("m");
  map.merge("m");
  map.move("m", 9);
  map.merge("d");
  map.split("m", 3);
  map.merge("t");
  map.merge("m");
  map.look_up(words);
}

GRADED_TEST(Ranges, BytesDecide, 1,
            "keys are compared byte by byte, as numbers from 0 to 255, with all their bytes, and a "
            "key comes before those that it begins (PT7)") {
  const std::vector<std::string> in_order = {"",
                                             "\0"s,
                                             "\0\0"s,
                                             "\0a"s,
                                             "\x01",
                                             "A",
                                             "a",
                                             "a\0"s,
                                             "a\0\0"s,
                                             "a\0b"s,
                                             "aa",
                                             "b",
                                             std::string(300, 'b'),
                                             std::string(300, 'b') + "c",
                                             std::string(299, 'b') + "c",
                                             "b\x7f",
                                             "b\x80",
                                             "b\xff",
                                             "\x7f",
                                             "\x7f\xff",
                                             "\x80",
                                             "\x80\x01",
                                             "\xc3\xa4",
                                             "\xfe\xff",
                                             "\xff",
                                             "\xff\0"s,
                                             "\xff\xff",
                                             std::string(300, '\xff')};
  WatchedRanges upwards(1);
  for (std::uint32_t i = 1; i < in_order.size(); ++i) upwards.split(in_order[i], i + 1);
  upwards.look_up(in_order);
  for (std::size_t i = 2; i < in_order.size(); i += 2) upwards.merge(in_order[i]);
  upwards.look_up(in_order);

  WatchedRanges each(1);
  for (std::uint32_t i = 1; i < in_order.size(); ++i) {
    each.split(in_order[i], 2);
    each.look_up(in_order);
    each.move(in_order[i], 3);
    each.merge(in_order[i]);
  }
}

/// One change after the other, each with its name.
class Epochs {
 public:
  void split(const std::string& at, NodeId upper_owner) {
    change("a split at " + shown(at), [&] { map_->split(at, upper_owner); });
  }
  void merge(const std::string& at) {
    change("a merge at " + shown(at), [&] { map_->merge(at); });
  }
  void move(const std::string& begin, NodeId to) {
    change("a move of " + shown(begin), [&] { map_->move(begin, to); });
  }
  void expect(std::size_t ranges) const {
    if (map_->ranges().size() == ranges) return;
    fail(fmt::format("there are {} ranges, but there should be {}", map_->ranges().size(), ranges));
  }

 private:
  void change(const std::string& what, const std::function<void()>& call) {
    const std::vector<Range> before = map_->ranges();
    call();
    tell(what);
    expect_later_epochs(before, map_->ranges(), what);
  }

  std::unique_ptr<placement::AnyRangeMap> map_ = placement::make_range_map(1);
};

GRADED_TEST(Ranges, EpochsRise, 1,
            "what comes of a split, a merge or a move has a later epoch than all that it was made "
            "of, and all else keeps its epoch (PT7)") {
  Epochs map;
  map.split("m", 2);
  map.split("d", 3);  // the upper one of two is older now
  map.expect(3);
  map.merge("m");
  map.split("m", 2);
  map.split("t", 2);  // and here the lower one
  map.expect(4);
  map.merge("m");
  map.merge("d");
  map.expect(2);
  tell("a range that is often moved is merged with one that is not");
  for (std::uint32_t owner = 10; owner < 20; ++owner) map.move("t", owner);
  map.merge("t");
  map.split("t", 30);
  for (std::uint32_t owner = 10; owner < 20; ++owner) map.move("", owner);
  map.merge("t");
  map.expect(1);
  tell("a range comes again where it has been");
  for (int i = 0; i < 100; ++i) {
    map.split("k", 1);
    map.split("x", 1);
    map.merge("k");
    map.merge("x");
  }
  map.expect(1);
  tell("refused calls change nothing");
  map.split("", 5);
  map.merge("q");
  map.move("q", 5);
  map.expect(1);
}

void change_at_random(Random& random) {
  std::vector<std::string> keys = odd_keys(random);
  for (const char* word : {"a", "aa", "ab", "b", "ba", "x"}) keys.emplace_back(word);
  WatchedRanges map(1);
  for (std::uint32_t i = 0; i < 60; ++i) {
    const std::string& key = keys[random.below(keys.size())];
    const std::vector<Range> before = map.ranges();
    const std::uint32_t owner = 100 + i;  // nobody's so far
    switch (random.below(3)) {
      case 0:
        map.split(key, owner);
        break;
      case 1:
        map.merge(key);
        break;
      default:
        map.move(before[random.below(before.size())].begin, owner);
    }
    expect_later_epochs(before, map.ranges(), "the last change");
    map.look_up({key, keys[random.below(keys.size())]});
  }
  map.look_up(keys);
}

GRADED_TEST(Ranges, RandomChangesAgreeWithAModel, 1,
            "after any changes every key is in the one right range, with the right owner, and "
            "epochs have risen (PT2, PT7)") {
  Random random(seed(), "changes");
  for (int run = 0; run < 20; ++run) {
    std::vector<std::string> story;  // of this run alone
    try {
      const TellsInstead here([&](const std::string& line) { story.push_back(line); });
      change_at_random(random);
    } catch (const Failed&) {
      for (const std::string& line : story) tell(line);
      throw;
    }
  }
}

}  // namespace
}  // namespace octet::grading::placing

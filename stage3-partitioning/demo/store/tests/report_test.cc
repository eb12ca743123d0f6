#include "stage3-partitioning/demo/store/report.h"

#include <gtest/gtest.h>

#include "runtime/erase/json.h"

namespace octet::store {
namespace {

/// Two partitions of two copies: slots 0 and 1, 2 and 3.
const Maps maps{.now = {.epoch = Epoch{2}, .copies = 2, .owners = {1, 2, 1, 3}},
                .before = {.epoch = Epoch{1}, .copies = 2, .owners = {1, 2, 3, 1}}};

View view_with(std::map<Slot, View::Keys> slots, std::map<Slot, View::Keys> hints = {}) {
  return {.epoch = Epoch{2}, .slots = std::move(slots), .hints = std::move(hints)};
}

TEST(Report, AViewIsReadAsItIsShown) {
  const View view =
      view_with({{Slot{3}, {{"a\n", {"1", "2"}}, {"", {}}}}}, {{Slot{0}, {{"b", {"3"}}}}});
  const auto read = view_of(erase::to_json(view));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->epoch, view.epoch);
  EXPECT_EQ(read->slots, view.slots);
  EXPECT_EQ(read->hints, view.hints);
  EXPECT_FALSE(view_of("error: no"));
  EXPECT_FALSE(view_of(R"({"epoch":1})"));
}

TEST(Report, CountsKeysOfWhichCopiesDiffer) {
  const States states = {
      {1, {true, view_with({{Slot{0}, {{"a", {"1", "2"}}, {"b", {"1"}}, {"gone", {}}}}})}},
      {2,
       {true,
        view_with({{Slot{1}, {{"a", {"1", "2"}}, {"c", {"1"}}}}}, {{Slot{0}, {{"c", {"1"}}}}})}},
      {3, {}}};
  const Report report = report_of(maps, states);
  EXPECT_EQ(report.keys, 3);
  EXPECT_EQ(report.siblings, 1);
  EXPECT_EQ(report.different, 2) << "b and c";
  EXPECT_EQ(report.nodes.at(1).keys, 2) << "a deleted key is none";
  EXPECT_EQ(report.nodes.at(2).hints, 1);
}

TEST(Report, CountsWhatHasToMove) {
  const View::Keys keys = {{"x", {"1"}}, {"y", {"2"}}};
  States states = {{1, {true, view_with({{Slot{0}, {}}, {Slot{3}, keys}})}},
                   {2, {true, view_with({{Slot{1}, {}}})}},
                   {3, {true, view_with({{Slot{2}, keys}})}}};
  Report report = report_of(maps, states);
  EXPECT_EQ(report.moved, 2);
  EXPECT_EQ(report.moved_keys, 4);
  EXPECT_EQ(report.on_the_way, 2);
  states[1].view->slots = {{Slot{0}, {}}, {Slot{2}, keys}};
  states[3].view->slots = {{Slot{3}, keys}};
  report = report_of(maps, states);
  EXPECT_EQ(report.moved_keys, 4);
  EXPECT_EQ(report.on_the_way, 0);
}

TEST(Report, IsAPage) {
  const States states = {
      {1, {true, view_with({{Slot{0}, {{"a", {"1"}}}}, {Slot{2}, {}}})}}, {2, {true, {}}}, {3, {}}};
  EXPECT_EQ(text_of(report_of(maps, states), maps, false),
            R"(map 2: 2 partitions, 2 copies of each; 3 nodes have their 4 slots
since map 1, 2 slots with 0 keys had to move; still on the way: 0

  node  is      owns  serves    keys                   hints  slots that it serves
     1  up         2       2       1 ████████████████      0  0 2
     2  silent     1
     3  down       1

  keys 1   with siblings 0   copies differ 0   hints waiting 0
)");
}

}  // namespace
}  // namespace octet::store

#include "stage3-partitioning/demo/store/maps.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "runtime/temporary_folder.h"
#include "stage3-partitioning/demo/store/map_file.h"

namespace octet::slots {
namespace {

TEST(Maps, TheFirstOneSpreadsTheCopies) {
  for (const std::vector<NodeId>& members :
       std::vector<std::vector<NodeId>>{{1, 2}, {1, 2, 3}, {1, 2, 3, 4, 5, 6}}) {
    const SlotMap map = founding_map(members);
    EXPECT_EQ(members_of(map), members);
    EXPECT_EQ(partitions_of(map), partitions_in_demo);
    for (std::uint32_t partition = 0; partition < partitions_in_demo; ++partition) {
      std::set<NodeId> owners;
      for (std::uint32_t copy = 0; copy < map.copies; ++copy) {
        owners.insert(owner_of(map, slot_of(map, Partition{partition}, copy)));
      }
      EXPECT_EQ(owners.size(), map.copies);
    }
  }
}

TEST(Maps, TravelAsText) {
  const SlotMap map{.epoch = Epoch{7}, .copies = 2, .owners = {1, 2, 2, 9}};
  EXPECT_EQ(text_of(map), "map 7 2 1 2 2 9");
  EXPECT_EQ(map_of("map 7 2 1 2 2 9"), map);
  for (const std::string text :
       {"", "map", "map 7 2", "map 7 0 1 2", "map 7 2 1 2 3", "map x 1 1", "put 7 2 1 2",
        "map 7 2 1 2 2 x", "map 7 1 1 99999999999", "map 7 1 -1"}) {
    EXPECT_EQ(map_of(text), std::nullopt) << text;
  }
}

TEST(Maps, TheFileRemembersTheLastTwo) {
  const TemporaryFolder folder;
  const SlotMap first = founding_map({1, 2, 3});
  SlotMap second = first;
  second.epoch = Epoch{2};
  second.owners[0] = 3;
  store::MapFile(folder.path(), first).add(second);
  const store::MapFile again(folder.path(), first);
  EXPECT_EQ(again.maps().now, second);
  EXPECT_EQ(again.maps().before, first);
  EXPECT_THROW(store::MapFile(folder.path(), founding_map({1, 2})), std::runtime_error);
  std::ofstream(folder.path() / "maps") << "something else\n";
  EXPECT_THROW(store::MapFile(folder.path(), first), std::runtime_error);
}

}  // namespace
}  // namespace octet::slots

#include "tools/testing/reach.h"

#include <gtest/gtest.h>

namespace octet::selftest {
namespace {

using Names = std::vector<std::string>;

Names names(const std::vector<ObjectFile>& files) {
  Names names;
  for (const ObjectFile& file : files) names.push_back(file.name);
  return names;
}

TEST(Reach, ReadsWhatAFileDefinesAndNeeds) {
  const auto files = parse_symbols(
      "dir/a.o: _Zf T 0 1c\n"
      "dir/a.o: _Zlocal t 0 1c\n"
      "dir/a.o: _Zg U         \n"
      "dir/b.o: _Zg W 0 4\n"
      "dir/b.o: _Zmaybe w\n");
  ASSERT_EQ(names(files), (Names{"dir/a.o", "dir/b.o"}));
  EXPECT_EQ(files[0].defines, (std::set<std::string>{"_Zf", "_Zlocal"}));
  EXPECT_EQ(files[0].needs, (std::set<std::string>{"_Zg"}));
  EXPECT_EQ(files[1].defines, (std::set<std::string>{"_Zg"}));
  EXPECT_EQ(files[1].needs, (std::set<std::string>{"_Zmaybe"}));
}

TEST(Reach, FollowsSymbolsOverOtherFiles) {
  const std::vector<ObjectFile> all = {{"test.o", {"test"}, {"seam"}},
                                       {"seam.o", {"seam"}, {"codec"}},
                                       {"codec.o", {"codec"}, {"memcpy"}},
                                       {"other_test.o", {"other_test"}, {"memcpy"}}};
  EXPECT_EQ(names(leading_to(all, {"codec.o"})), (Names{"codec.o", "seam.o", "test.o"}));
  EXPECT_EQ(names(leading_to(all, {"other_test.o"})), (Names{"other_test.o"}));
  EXPECT_EQ(names(leading_to(all, {"unknown.o"})), Names{});
}

TEST(Reach, KnowsTestsByTheirClass) {
  const std::vector<ObjectFile> files = {
      {"a.o", {"_ZN5octet12_GLOBAL__N_116Suite_First_Test8TestBodyEv"}, {}}};
  EXPECT_TRUE(define_test(files, "Suite.First"));
  EXPECT_FALSE(define_test(files, "Suite.Second"));
  EXPECT_FALSE(define_test(files, "e.First"));
}

}  // namespace
}  // namespace octet::selftest

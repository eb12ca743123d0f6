#include "tools/testing/patch.h"

#include <gtest/gtest.h>

namespace octet::selftest {
namespace {

using Names = std::vector<std::string>;

TEST(PatchHead, TellsTheMistakeFromTheTests) {
  const PatchHead head = parse_patch_head(
      "# Treats one read as one frame.\n"
      "# must fail: Framing.OneByteAtATime, Echo.TwoFramesInOneRead\n"
      "diff --git a/x b/x\n"
      "# not of the head\n");
  EXPECT_EQ(head.text, "Treats one read as one frame.");
  EXPECT_EQ(head.must_fail, (Names{"Framing.OneByteAtATime", "Echo.TwoFramesInOneRead"}));
}

TEST(PatchHead, JoinsLinesOfTextAndListsOfTests) {
  const PatchHead head = parse_patch_head(
      "# One thought,\n"
      "# on two lines.\n"
      "#   must fail:  A.B ,, C.D ,\n"
      "# must fail: E.F");
  EXPECT_EQ(head.text, "One thought, on two lines.");
  EXPECT_EQ(head.must_fail, (Names{"A.B", "C.D", "E.F"}));
}

TEST(PatchHead, OfABarePatchIsEmpty) {
  const PatchHead head = parse_patch_head("--- a/x\n+++ b/x\n");
  EXPECT_EQ(head.text, "");
  EXPECT_EQ(head.must_fail, Names{});
}

TEST(Patch, NamesItsProgram) {
  EXPECT_EQ((Patch{.mutant = true, .name = "01_x", .head = {}}.program(1)), "grade_1_mutant_01_x");
  EXPECT_EQ((Patch{.mutant = false, .name = "01_x", .head = {}}.program(4)),
            "grade_4_alternative_01_x");
}

Patch mutant(std::string name, Names must_fail) {
  return {.mutant = true,
          .name = std::move(name),
          .head = {.text = "", .must_fail = std::move(must_fail)}};
}

Patch alternative(std::string name) {
  return {.mutant = false, .name = std::move(name), .head = {}};
}

TEST(Patch, AFewAreTheFirstOfEachSuiteAndPart) {
  Names names;
  for (const Patch& patch : few_of({mutant("101", {"A.B"}), mutant("102", {"A.C"}),
                                    mutant("103", {"A.B", "C.D"}), mutant("104", {"C.E", "A.B"}),
                                    alternative("101"), alternative("102"), alternative("201")})) {
    names.push_back(patch.name);
  }
  EXPECT_EQ(names, (Names{"101", "103", "101", "201"}));
}

}  // namespace
}  // namespace octet::selftest

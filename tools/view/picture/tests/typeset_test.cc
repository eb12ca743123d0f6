#include "tools/view/picture/typeset.h"

#include <gtest/gtest.h>

#include "tools/view/picture/label.h"

namespace octet::view {
namespace {

using Lines = std::vector<std::string>;

TEST(Typeset, CutsWhatDoesNotFit) {
  const double width = width_of("a word", 12);
  EXPECT_EQ(cut_to("a word", width, 12), "a word");
  const std::string cut = cut_to("a word and more", width, 12);
  EXPECT_EQ(cut, "a wo\u2026");
  EXPECT_LE(width_of(cut, 12), width);
}

TEST(Typeset, CutsBetweenCharacters) {
  const std::string text = "\u6f22\u6f22\u6f22\u6f22";
  EXPECT_EQ(cut_to(text, width_of("\u6f22\u6f22\u6f22", 12), 12), "\u6f22\u6f22\u2026");
}

TEST(Typeset, BreaksLinesAtSpaces) {
  const double width = width_of("one two", 12);
  EXPECT_EQ(wrapped("one two six", width, 12, 3), (Lines{"one two", "six"}));
  EXPECT_EQ(wrapped("one two one two one two", width, 12, 2), (Lines{"one two", "one t\u2026"}));
  EXPECT_EQ(wrapped("", width, 12, 3), Lines{""});
  EXPECT_EQ(wrapped("one\n\ntwo", width, 12, 3), (Lines{"one", "", "two"})) << "it has lines";
  EXPECT_EQ(wrapped("onetwothreefour", width, 12, 9).size(), 3u) << "a word may be too long";
}

TEST(BriefJson, LeavesTheQuotesOfNamesOut) {
  EXPECT_EQ(brief_json(R"({"term":1,"log":[{"who":"a:b"}],"done":true})"),
            R"({term: 1, log: [{who: "a:b"}], done: true})");
  EXPECT_EQ(brief_json(R"({"a\"b":"c\\","":1})"), R"({a\"b: "c\\", "": 1})");
  EXPECT_EQ(brief_json(R"("never ends)"), R"("never ends)");
}

}  // namespace
}  // namespace octet::view

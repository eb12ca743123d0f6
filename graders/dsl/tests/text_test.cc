#include "graders/dsl/text.h"

#include <gtest/gtest.h>

#include <string>

namespace octet::grading {
namespace {

TEST(Text, FirstLines) {
  EXPECT_EQ(first_lines("one\ntwo\nthree\n", 2), "one\ntwo");
  EXPECT_EQ(first_lines("one\ntwo\n", 5), "one\ntwo");
  EXPECT_EQ(first_lines("", 1), "");
}

TEST(Text, LastLines) {
  EXPECT_EQ(last_lines("one\ntwo\nthree\n", 2), "two\nthree");
  EXPECT_EQ(last_lines("one\ntwo", 5), "one\ntwo");
  EXPECT_EQ(last_lines("one", 1), "one");
  EXPECT_EQ(last_lines("\n\n", 1), "");
  EXPECT_EQ(last_lines("", 1), "");
}

TEST(Text, ShortenedBetweenCharacters) {
  EXPECT_EQ(shortened("caf\xc3\xa9", 5), "caf\xc3\xa9");
  EXPECT_EQ(shortened("caf\xc3\xa9!", 5), "caf\xc3\xa9... (1 byte more)");
  EXPECT_EQ(shortened("caf\xc3\xa9!", 4), "caf... (3 bytes more)");
  EXPECT_EQ(shortened("caf\xc3\xa9!", 0), "... (6 bytes more)");
}

TEST(Text, CappedTextKeepsBothEndsAndCountsTheRest) {
  CappedText capped;
  capped.append("first ");
  for (int i = 0; i < 100; ++i) capped.append(std::string(10'000, '.'));
  capped.append(" last");
  EXPECT_EQ(capped.total(), 1'000'011u);
  EXPECT_LT(capped.text().size(), 100'000u);
  EXPECT_EQ(capped.text().find("first "), 0u);
  EXPECT_TRUE(capped.text().ends_with(" last"));
  EXPECT_NE(capped.text().find("bytes left out"), std::string::npos);
}

TEST(Text, CappedTextIsWholeWhenItIsShort) {
  CappedText capped;
  capped.append("one ");
  capped.append("two");
  EXPECT_EQ(capped.text(), "one two");
}

}  // namespace
}  // namespace octet::grading

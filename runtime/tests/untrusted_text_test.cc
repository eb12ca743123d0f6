#include "runtime/untrusted_text.h"

#include <gtest/gtest.h>

#include <string>

namespace octet {
namespace {

TEST(UntrustedText, PrintableKeepsTextAndSpellsOutEverythingElse) {
  const struct {
    std::string bytes;
    std::string text;
  } rows[] = {
      {"plain\n\ttext", "plain\n\ttext"},
      {"caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80", "caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80"},
      {std::string("a\0b", 3), "a\\x00b"},
      {"\x1b[2J\r\x7f", "\\x1b[2J\\x0d\\x7f"},
      {"\xff", "\\xff"},
      {"\xc3(", "\\xc3("},                                      // cut in the middle
      {"\xe2\x82", "\\xe2\\x82"},                               // cut at the end
      {"\xc0\xaf \xe0\x80\xaf", "\\xc0\\xaf \\xe0\\x80\\xaf"},  // longer than needed
      {"\xed\xa0\x80", "\\xed\\xa0\\x80"},                      // half of a pair
      {"\xef\xbf\xbe", "\\xef\\xbf\\xbe"},                      // no character in XML
      {"\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"},             // beyond Unicode
      {"\xc2\x85", "\\xc2\\x85"},                               // a control character
  };
  for (const auto& row : rows) EXPECT_EQ(printable(row.bytes), row.text);
}

TEST(UntrustedText, CharactersHaveTheirNumbers) {
  EXPECT_EQ(first_character("a")->code, U'a');
  EXPECT_EQ(first_character("\u20ac and more")->code, U'\u20ac');
  EXPECT_EQ(first_character("\u20ac and more")->bytes, 3u);
  EXPECT_EQ(first_character("\U0001f600")->code, U'\U0001f600');
  EXPECT_FALSE(first_character("\xe0\x80\xaf")) << "no second way to write a slash";
}

TEST(UntrustedText, WhatXmlGivesAMeaningToIsEscaped) {
  EXPECT_EQ(xml_escaped("<a b='\"&'>"), "&lt;a b=&#39;&quot;&amp;&#39;&gt;");
  EXPECT_EQ(xml_escaped("a\n\t\u00e4"), "a&#10;&#9;\u00e4");
}

}  // namespace
}  // namespace octet

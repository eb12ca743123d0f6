#include "tools/view/page.h"

#include <gtest/gtest.h>

namespace octet::view {
namespace {

TEST(Page, IsKnownByItsFirstLine) {
  EXPECT_TRUE(is_page(page({})));
  EXPECT_FALSE(is_page("<!doctype html><p>my thesis"));
  EXPECT_FALSE(is_page(""));
}

TEST(Page, TheSameTraceHasTheSameBytes) {
  const trace::Trace trace{.title = "a run", .nodes = {1}, .events = {{.node = 1}}};
  EXPECT_EQ(page(trace), page(trace));
  EXPECT_NE(page(trace), page(trace, &trace));
}

TEST(Page, ATraceThatNamesAHoleFillsNone) {
  const std::string html = page({.title = "{{style}} {{script}} $1 \\1"});
  EXPECT_NE(html.find("\"title\":\"{{style}} {{script}} $1 \\\\1\""), std::string::npos);
}

TEST(Page, NeedsNothingElse) {
  const std::string html = page({});
  for (const char* const link : {"http://", "https://", "src=", "@import", "url("}) {
    EXPECT_EQ(html.find(link), std::string::npos) << link;
  }
}

}  // namespace
}  // namespace octet::view

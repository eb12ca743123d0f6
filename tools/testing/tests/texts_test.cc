#include "tools/testing/texts.h"

#include <gtest/gtest.h>

namespace octet::selftest {
namespace {

using Found = std::vector<std::string>;

TEST(Texts, HaveRelativeLinks) {
  EXPECT_EQ(
      relative_links("[a](b.md) ![p](img/x.png \"title\") [c](../d.md#part) [w](https://x.org) "
                     "[here](#below) f(x)"),
      (Found{"b.md", "img/x.png", "../d.md"}));
}

TEST(Texts, NamePathsInCode) {
  EXPECT_EQ(named_paths("`graders/dsl/stage.h`, `runtime/`, `a/b/`, a/b/c, `x/*.patch`, `./lab`"),
            (Found{"graders/dsl/stage.h", "a/b/", "./lab"}));
}

TEST(Texts, NameVerbs) {
  EXPECT_EQ(
      lab_verbs("`./lab grade 1`, then\n    ./lab check-history -\n`./lab` alone, ./lab VERB"),
      (Found{"grade", "check-history"}));
}

}  // namespace
}  // namespace octet::selftest

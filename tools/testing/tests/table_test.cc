#include "tools/testing/table.h"

#include <gtest/gtest.h>

#include <utility>

namespace octet::selftest {
namespace {

using Kind = Graded::Kind;

Graded graded(Kind kind, std::string name, double first, double second) {
  Graded result;
  result.kind = kind;
  result.name = std::move(name);
  result.runs = {{1, {{"Suite.First", "1a", first, 5}, {"Suite.Second", "1b", second, 5}}}};
  result.seconds = 1.25;
  return result;
}

TEST(Table, ShowsMutantsAlternativesAndTests) {
  EXPECT_EQ(
      table({graded(Kind::reference, "reference", 5, 5), graded(Kind::mutant, "01_forgets", 0, 5),
             graded(Kind::mutant, "02_lives", 5, 5), graded(Kind::alternative, "01_odd", 5, 3)}),
      R"(
  mutant        seconds  killed by
  01_forgets        1.2  Suite.First
  02_lives          1.2  SURVIVES

  alternative   seconds  score
  01_odd            1.2  8 of 10

  solution      seconds  score
  reference         1.2  10 of 10

  graded test   mutants  only it kills
  Suite.First         1              1
  Suite.Second        0              0
)");
}

TEST(Table, HasARowForWhatCouldNotBeGraded) {
  Graded broken;
  broken.name = "01_stale";
  broken.broken = "does not apply";
  EXPECT_EQ(table({broken}), "\n  mutant    seconds  killed by\n  01_stale      0.0  -\n");
}

}  // namespace
}  // namespace octet::selftest

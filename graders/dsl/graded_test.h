#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// A graded test is a GoogleTest test with points and a claim:
///
///     GRADED_TEST(Framing, OneByteAtATime, 3, "frames do not depend on how TCP cuts them (F1)") {
///       EXPECT_EQ(decode_in_pieces(bytes, 1), frames) << "...";
///     }
///
/// The suite puts it in a part of the stage (stage.h). Every graded test runs in a process of its
/// own, with limits, so nothing that a solution does can touch another test.
namespace octet::grading {

struct GradedTest {
  std::string suite;
  std::string name;
  int points = 0;
  std::string claim;
  std::string file = {};
};

/// All graded tests of this program, those of a file in the order of their definition.
std::vector<GradedTest>& graded_tests();

/// The seed of this run: the same seed, the same run.
std::uint64_t seed();

/// Adds a line to the story of this test, which is printed, numbered, when the test fails. One line
/// says what one participant did, in the present tense: tell("client 1 sends 3 of 9 bytes").
void tell(std::string line);

/// Where tell() leads instead, while the object lives. For one thread.
class TellsInstead {
 public:
  using Listener = std::function<void(const std::string&)>;
  explicit TellsInstead(Listener listener);
  ~TellsInstead();
  TellsInstead(const TellsInstead&) = delete;
  TellsInstead& operator=(const TellsInstead&) = delete;

 private:
  Listener before_;
};

/// Ends the test as failed, from any depth: what a helper throws when there is no going on.
class Failed : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

[[noreturn]] void fail(std::string message);

namespace detail {
struct Registration {
  explicit Registration(GradedTest test);
};
/// Runs a body; turns what it throws into a failure that reads well.
void run_body(void (*body)(), const char* file, int line);
}  // namespace detail

}  // namespace octet::grading

#define GRADED_TEST(Suite, Name, points, claim)                                      \
  static void Suite##_##Name##_body();                                               \
  static const ::octet::grading::detail::Registration Suite##_##Name##_registration( \
      {#Suite, #Name, points, claim, __FILE__});                                     \
  TEST(Suite, Name) {                                                                \
    ::octet::grading::detail::run_body(&Suite##_##Name##_body, __FILE__, __LINE__);  \
  }                                                                                  \
  static void Suite##_##Name##_body()

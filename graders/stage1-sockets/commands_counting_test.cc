#include "graders/dsl/graded_test.h"
#include "graders/stage1-sockets/keys.h"

/// INCR, DECR and INCRBY (R6).
namespace octet::grading {
namespace {

using namespace std::string_literals;

const char* const largest = "9223372036854775807";
const char* const smallest = "-9223372036854775808";

/// An integer is written as the server writes it; these are not.
std::vector<std::string> not_integers() {
  return {"",
          " 1",
          "1 ",
          "+1",
          "01",
          "-0",
          "-",
          "--1",
          "1.0",
          "1e3",
          "0x10",
          "abc",
          "1a",
          "a1",
          "00",
          "-01",
          "\0"s,
          "1\0"s,
          "1\n",
          "\t1",
          "1,000",
          "nan",
          "9223372036854775808",
          "-9223372036854775809",
          "12345678901234567890",
          "-12345678901234567890",
          "18446744073709551616",
          "100000000000000000000000000000001"};
}

void expect_counts_are_strings() {
  Keys keys;
  keys.expect("INCR a", integer(1));
  keys.expect("DECR b", integer(-1));
  keys.expect("INCRBY c -5", integer(-5));
  keys.expect("INCRBY d 0", integer(0));
  keys.expect("MGET a b c d", list({bulk("1"), bulk("-1"), bulk("-5"), bulk("0")}));
  keys.expect("APPEND a 0", integer(2));
  keys.expect("INCR a", integer(11));
  keys.expect("INCRBY a -12", integer(-1));
  keys.expect("INCR a", integer(0));
  keys.expect("APPEND a x", integer(2));
  keys.expect_error("INCR a");
  keys.expect("GET a", bulk("0x"));
}

GRADED_TEST(Commands, IntegersHave64Bits, 1,
            "INCR, DECR and INCRBY count from 0 to both ends of 64 bits; past them they change "
            "nothing (R6, R7)") {
  Keys keys;
  keys.expect({"SET", "k", "9223372036854775806"}, ok());
  keys.expect("INCR k", integer(9223372036854775807));
  keys.expect_error("INCR k");
  keys.expect_error("INCRBY k 1");
  keys.expect_error({"INCRBY", "k", largest});
  keys.expect("GET k", bulk(largest));
  keys.expect({"INCRBY", "k", smallest}, integer(-1));
  keys.expect_error({"INCRBY", "k", smallest});
  keys.expect("GET k", bulk("-1"));
  keys.expect({"INCRBY", "k", "-9223372036854775807"}, integer(-9223372036854775807 - 1));
  keys.expect("GET k", bulk(smallest));
  keys.expect_error("DECR k");
  keys.expect_error("INCRBY k -1");
  keys.expect_error({"INCRBY", "k", smallest});
  keys.expect("GET k", bulk(smallest));
  keys.expect("INCRBY k 0", integer(-9223372036854775807 - 1));
  keys.expect({"INCRBY", "k", largest}, integer(-1));
  keys.expect("INCR k", integer(0));
  keys.expect("GET k", bulk("0"));
  keys.expect({"INCRBY", "new", smallest}, integer(-9223372036854775807 - 1));
  keys.expect("INCRBY k 5000000000", integer(5000000000));
  keys.expect("DECR k", integer(4999999999));
  expect_counts_are_strings();
}

GRADED_TEST(Commands, OnlyIntegersAreCounted, 1,
            "a value or an increment that is not an integer is refused and stays as it is (R6)") {
  Keys keys;
  for (const std::string& text : not_integers()) {
    keys.expect({"SET", "k", text}, ok());
    keys.expect_error("INCR k");
    keys.expect_error("DECR k");
    keys.expect_error("INCRBY k 1");
    keys.expect("GET k", bulk(text));
    keys.expect("SET n 1", ok());
    keys.expect_error({"INCRBY", "n", text});
    keys.expect("GET n", bulk("1"));
    keys.expect_error({"INCRBY", "absent", text});
    keys.expect("EXISTS absent", integer(0));
  }
}

}  // namespace
}  // namespace octet::grading

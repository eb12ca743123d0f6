#include <gtest/gtest.h>

#include "graders/dsl/history/history.h"
#include "graders/dsl/history/json_history.h"

namespace octet::grading {
namespace {

using Kind = Operation::Kind;

/// The sentence with which a reader refuses a text.
std::string problem_of(const std::string& text) {
  try {
    read_history(text);
  } catch (const Unreadable& problem) {
    return problem.what();
  }
  return "it was read";
}

/// A file of these lines, with a head before and their number behind.
std::string json_lines(const std::vector<std::string>& lines) {
  std::string text = "{\"octet_history\":1}\n";
  for (const std::string& line : lines) text += line + '\n';
  return text + "{\"operations\":" + std::to_string(lines.size()) + "}\n";
}

constexpr const char* put_a =
    R"({"client":1,"call":10,"return":20,"op":"Put","arguments":{"key":"x","value":"a"},"outcome":"ok"})";

TEST(ReadHistory, OfJsonLines) {
  const History history = read_history(json_lines(
      {put_a,
       R"({"client":2,"call":30,"return":40,"op":"Get","arguments":{"key":"x"},"outcome":"ok","result":{"value":"a"}})",
       R"({"client":3,"call":35,"op":"Cas","arguments":{"key":"y","expected":null,"value":7},"outcome":"unknown"})",
       R"({"client":4,"call":36,"return":37,"op":"Put","arguments":{"key":"y","value":"n"},"outcome":"failed"})"}));
  ASSERT_EQ(history.objects.size(), 2U);
  const Operations& x = history.objects.at("x");
  ASSERT_EQ(x.size(), 2U);
  EXPECT_EQ(x[0].argument, "a");
  EXPECT_EQ(x[1].result, "a");
  EXPECT_LT(x[0].returned, x[1].called);
  const Operations& y = history.objects.at("y");
  ASSERT_EQ(y.size(), 1U) << "what has failed is left out";
  EXPECT_EQ(y[0].kind, Kind::cas);
  EXPECT_EQ(y[0].expected, "");
  EXPECT_EQ(y[0].argument, "7");
  EXPECT_EQ(y[0].returned, Operation::never);
  EXPECT_EQ(y[0].line, 4U);
}

TEST(ReadHistory, OfEveryOperationOfJsonLines) {
  const auto line = [](int number, const std::string& op, const std::string& arguments,
                       const std::string& result) {
    return "{\"client\":1,\"call\":" + std::to_string(number * 10) +
           ",\"return\":" + std::to_string(number * 10 + 5) + ",\"op\":\"" + op +
           "\",\"arguments\":" + arguments + ",\"outcome\":\"ok\",\"result\":" + result + "}";
  };
  const History history = read_history(json_lines(
      {line(1, "Append", R"({"key":"k","value":"a"})", "{}"),
       line(2, "Cas", R"({"key":"k","expected":"a","value":"b"})", R"({"swapped":false})"),
       line(3, "Write", R"({"key":"r","value":1.5})", "{}"),
       line(4, "Read", R"({"key":"r"})", R"({"value":true})"),
       line(5, "Enqueue", R"({"key":"q","value":"e"})", "{}"),
       line(6, "Dequeue", R"({"key":"q"})", R"({"value":null})"),
       line(7, "Dequeue", R"({"key":"q"})", R"({"value":""})"), line(8, "Acquire", "{}", "{}"),
       line(9, "Acquire", "{}", R"({"acquired":false})"), line(10, "Release", "{}", "{}")}));
  EXPECT_FALSE(history.objects.at("k")[1].succeeded);
  EXPECT_EQ(history.objects.at("r")[0].argument, "1.5");
  EXPECT_EQ(history.objects.at("r")[1].result, "true");
  EXPECT_FALSE(history.objects.at("q")[1].succeeded);
  EXPECT_TRUE(history.objects.at("q")[2].succeeded);
  EXPECT_TRUE(history.objects.at("")[0].succeeded);
  EXPECT_FALSE(history.objects.at("")[1].succeeded);
  EXPECT_EQ(history.objects.at("")[2].kind, Kind::release);
}

TEST(ReadHistory, EventsAreTheOrderWhenAllHaveThem) {
  const std::string first =
      R"({"client":1,"call":10,"return":20,"op":"Write","arguments":{"value":1},"outcome":"ok")";
  const std::string second =
      R"({"client":2,"call":20,"return":20,"op":"Write","arguments":{"value":2},"outcome":"ok")";
  const History numbered =
      read_history(json_lines({first + ",\"events\":[1,5]}", second + ",\"events\":[7,9]}"}));
  EXPECT_EQ(numbered.objects.at("")[0].returned, 5U);
  EXPECT_EQ(numbered.objects.at("")[1].called, 7U);
  const History timed = read_history(json_lines({first + "}", second + "}"}));
  EXPECT_GT(timed.objects.at("")[0].returned, timed.objects.at("")[1].called)
      << "what happens at one time overlaps";
}

TEST(ReadHistory, AClientGoesOnWithoutAReturn) {
  const std::string open = R"({"client":1,"call":5,"op":"Acquire","outcome":"unknown"})";
  EXPECT_EQ(problem_of(json_lines({open, put_a})), "it was read");
}

TEST(ReadHistory, BadJsonLinesAreRefusedInASentence) {
  const auto problem_with = [](const std::string& line) { return problem_of(json_lines({line})); };
  EXPECT_EQ(problem_with("{"), "line 2 is no JSON object; was the file cut off?");
  EXPECT_EQ(problem_with("{}"), "line 2: it has no \"outcome\"");
  EXPECT_EQ(problem_with("[]"), "line 2 is no JSON object; was the file cut off?");
  EXPECT_EQ(problem_with(R"({"outcome":"maybe"})"),
            "line 2: \"maybe\" is no outcome; there are ok, failed and unknown");
  EXPECT_EQ(problem_with(R"({"outcome":"ok","call":-1})"), "line 2: \"call\" is no whole number");
  EXPECT_EQ(problem_with(R"({"outcome":"ok","call":1,"op":7})"), "line 2: \"op\" is no string");
  EXPECT_EQ(problem_with(R"({"outcome":"ok","call":1,"op":"Steal"})"),
            "line 2: \"Steal\" cannot be checked; there are Get, Put, Append and Cas, Read and "
            "Write, Enqueue and Dequeue, Acquire and Release");
  EXPECT_EQ(problem_with(R"({"outcome":"ok","call":1,"op":"Put","arguments":{}})"),
            "line 2: Put needs \"value\" in its arguments");
  EXPECT_EQ(problem_with(R"({"outcome":"ok","call":1,"op":"Put","arguments":[]})"),
            "line 2: \"arguments\" is no object");
  EXPECT_EQ(problem_with(R"({"outcome":"ok","call":1,"op":"Put","arguments":{"value":[[]]}})"),
            "line 2: a key or value is a string, a number, true, false or null");
  EXPECT_EQ(problem_with(R"({"outcome":"ok","call":1,"return":2,"op":"Get","result":7})"),
            "line 2: Get is ok and needs \"value\" in its result");
  EXPECT_EQ(problem_with(
                R"({"outcome":"ok","call":1,"return":2,"op":"Acquire","result":{"acquired":1}})"),
            "line 2: \"acquired\" of Acquire is true or false");
  EXPECT_EQ(problem_with(R"({"outcome":"ok","call":1,"op":"Read"})"),
            "line 2: it has no \"client\"");
  EXPECT_EQ(problem_with(R"({"outcome":"ok","call":1,"op":"Read","client":4294967296})"),
            "line 2: \"client\" is below 2^32");
  EXPECT_EQ(problem_with(R"({"outcome":"ok","client":1,"call":5,"return":4,"op":"Release"})"),
            "line 2: it returns before it is called");
  EXPECT_EQ(problem_with(std::string(100'000, '[')),
            "line 2 is no JSON object; was the file cut off?");
}

TEST(ReadHistory, BadFilesOfJsonLinesAreRefusedInASentence) {
  EXPECT_EQ(problem_of(""), "the history is empty");
  EXPECT_EQ(problem_of("hello\n"),
            "line 1 is not that of a history: it begins with {\"octet_history\", "
            "{\"octet_trace\" or {:process");
  EXPECT_EQ(problem_of("{\"octet_history\":9}\n"),
            "this history has version 9; this program reads version 1");
  EXPECT_EQ(problem_of("{\"octet_history\":1}\n"),
            "the history ends after line 1, without its last line: it was cut off");
  EXPECT_EQ(problem_of("{\"octet_history\":1}\n{\"operations\":3}\n"),
            "there are 0 operations, not 3");
  EXPECT_EQ(problem_of(json_lines({}) + "{}\n"), "line 3 is behind the end");
  EXPECT_EQ(problem_of(json_lines({put_a, put_a})),
            "line 3: client 1 calls while its operation of line 2 is still under way");
  const std::string numbered = std::string(put_a, std::string(put_a).size() - 1);
  const std::string other = "{\"client\":2" + numbered.substr(11);
  EXPECT_EQ(problem_of(json_lines({numbered + ",\"events\":[3,4]}", other + ",\"events\":[4,5]}"})),
            "line 3: event 4 is at line 2 already");
  EXPECT_EQ(
      problem_of(json_lines(
          {put_a,
           R"({"client":2,"call":30,"op":"Release","arguments":{"key":"x"},"outcome":"unknown"})"})),
      "line 3: \"x\" is a lock here and a key of a store at line 2");
}

TEST(ReadHistory, OfTextLines) {
  const History history = read_history(
      "{:process 9, :type :invoke, :f :append, :key \"0\", :value \"x 9 0 y\"}\n"
      "{:process 1, :type :invoke, :f :get, :key \"0\", :value nil}\n"
      "{:process 1, :type :ok, :f :get, :key \"0\", :value \"x 9 0 y\"}\n"
      "{:process 2, :type :invoke, :f :put, :key \"1\", :value \"\"}\n"
      "{:process 2, :type :ok, :f :put, :key \"1\", :value \"\"}\n");
  const Operations& zero = history.objects.at("0");
  ASSERT_EQ(zero.size(), 2U);
  EXPECT_EQ(zero[0].client, 9U);
  EXPECT_EQ(zero[0].returned, Operation::never);
  EXPECT_EQ(zero[1].result, "x 9 0 y");
  EXPECT_EQ(zero[1].called, 2U);
  EXPECT_EQ(zero[1].returned, 3U);
  EXPECT_EQ(history.objects.at("1")[0].kind, Kind::put);
}

TEST(ReadHistory, BadTextLinesAreRefusedInASentence) {
  const std::string get = "{:process 1, :type :invoke, :f :get, :key \"0\", :value nil}\n";
  const std::string form =
      ": it is not of the form {:process 1, :type :invoke, :f :get, :key \"k\", :value nil}; was "
      "the file cut off?";
  for (std::size_t size = std::string("{:process ").size(); size + 1 < get.size(); ++size) {
    EXPECT_EQ(problem_of(get.substr(0, size)), "line 1" + form) << size;
  }
  EXPECT_EQ(problem_of(get + "\n" + get), "line 2" + form);
  EXPECT_EQ(problem_of(get + get),
            "line 2: process 1 calls while its operation of line 1 is still under way");
  EXPECT_EQ(problem_of("{:process 1, :type :ok, :f :get, :key \"0\", :value nil}\n"),
            "line 1: process 1 has nothing under way that could be ok");
  EXPECT_EQ(problem_of(get + "{:process 1, :type :ok, :f :get, :key \"1\", :value \"\"}\n"),
            "line 2: process 1 called something else at line 1");
  EXPECT_EQ(problem_of(get + "{:process 1, :type :ok, :f :put, :key \"0\", :value \"\"}\n"),
            "line 2: process 1 called something else at line 1");
  EXPECT_EQ(problem_of(get + "{:process 1, :type :ok, :f :get, :key \"0\", :value nil}\n"),
            "line 2: get has returned no value");
  EXPECT_EQ(problem_of(get + "{:process 2, :type :fail, :f :get, :key \"0\", :value nil}\n"),
            "line 2: \"fail\" is no :type; there are invoke and ok");
  EXPECT_EQ(problem_of("{:process 1, :type :invoke, :f :cas, :key \"0\", :value nil}\n"),
            "line 1: \"cas\" is no :f; there are get, put and append");
  EXPECT_EQ(problem_of("{:process 1, :type :invoke, :f :put, :key \"0\", :value nil}\n"),
            "line 1: put needs a value");
}

TEST(ReadHistory, OfATrace) {
  using trace::Event;
  const trace::Trace trace{
      .events = {
          {.kind = Event::Kind::note},
          {.kind = Event::Kind::call,
           .node = 7,
           .id = 1,
           .name = "Put",
           .json = R"({"key":"x","value":"a"})"},
          {.kind = Event::Kind::call, .node = 8, .id = 2, .name = "Get", .json = R"({"key":"x"})"},
          {.kind = Event::Kind::result,
           .node = 8,
           .id = 2,
           .name = "ok",
           .json = R"({"value":"a"})"},
          {.kind = Event::Kind::result, .node = 7, .id = 1, .name = "unknown"}}};
  const History history = history_of(trace);
  const Operations& x = history.objects.at("x");
  ASSERT_EQ(x.size(), 2U);
  EXPECT_EQ(x[0].client, 7U);
  EXPECT_EQ(x[0].called, 2U);
  EXPECT_EQ(x[0].returned, Operation::never);
  EXPECT_EQ(x[1].returned, 4U);
  trace::Trace other = trace;
  other.events[1].name = "Steal";
  try {
    history_of(other);
    FAIL() << "it was read";
  } catch (const Unreadable& problem) {
    EXPECT_EQ(std::string(problem.what()).substr(0, 35), "event 2: \"Steal\" cannot be checked;");
  }
}

}  // namespace
}  // namespace octet::grading

#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "graders/dsl/graded_test.h"

namespace octet::grading {

/// What a graded test would have failed with, or "it passed".
inline std::string failure_of(const std::function<void()>& body) {
  try {
    body();
  } catch (const Failed& failed) {
    return failed.what();
  }
  return "it passed";
}

inline void expect_contains(const std::string& text, const std::string& part) {
  EXPECT_NE(text.find(part), std::string::npos) << text;
}

}  // namespace octet::grading

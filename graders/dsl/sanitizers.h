#pragma once

#include <string_view>

namespace octet::grading {

/// What everything was compiled with: OCTET_SANITIZE of the preset, as -fsanitize takes it.
constexpr std::string_view sanitizers = OCTET_SANITIZERS;
constexpr bool sanitized = !sanitizers.empty();
constexpr bool thread_sanitized = sanitizers.find("thread") != std::string_view::npos;

/// What sanitizers exit with, so that their reports are told from a solution's exit().
constexpr int sanitizer_exit = 99;

}  // namespace octet::grading

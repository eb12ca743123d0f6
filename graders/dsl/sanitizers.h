#pragma once

namespace octet::grading {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif
#else
constexpr bool sanitized = false;
#endif

/// What sanitizers exit with, so that their reports are told from a solution's exit().
constexpr int sanitizer_exit = 99;

}  // namespace octet::grading

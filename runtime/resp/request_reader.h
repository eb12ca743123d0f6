#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct redisReader;

namespace octet::resp {

/// A command of a Redis client: its name and what belongs to it.
using Request = std::vector<std::string>;

/// Finds requests in what a Redis client sends: arrays of bulk strings, as all of its libraries
/// write them. Hiredis reads; the limits are ours.
class RequestReader {
 public:
  static constexpr std::size_t longest = 4U << 20;  // bytes of a request
  static constexpr std::size_t most_words = 1'000;

  RequestReader();

  void feed(std::string_view bytes);

  /// The next request that has come whole. Nothing when there is none yet, or will be none any
  /// more.
  std::optional<Request> next();

  /// What came is no request or too long, and nothing after it can be understood.
  bool is_broken() const { return is_broken_; }

 private:
  struct End {
    void operator()(redisReader* reader) const;
  };

  std::unique_ptr<Request> words_;  // of the request that is being read
  std::unique_ptr<redisReader, End> reader_;
  bool is_broken_ = false;
};

}  // namespace octet::resp

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

struct redisContext;

namespace octet::resp {

/// A Redis client, by the library that most of them are made of.
class RedisClient {
 public:
  explicit RedisClient(std::uint16_t port);

  /// The answer as text: "OK", "nil", "1", or "[a b]" for an array of these. What went wrong with
  /// the connection, when there is none.
  std::string ask(const std::vector<std::string>& words);

  /// The words of the line.
  std::string ask(const std::string& line);

  /// Without waiting for the answers to what was asked before.
  void later(const std::string& line);
  std::string next();

 private:
  struct End {
    void operator()(redisContext* context) const;
  };

  std::unique_ptr<redisContext, End> context_;
};

/// What comes in answer to the bytes until the connection ends.
std::string answer_to(std::uint16_t port, const std::string& bytes);

}  // namespace octet::resp

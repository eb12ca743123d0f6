#include "runtime/resp/tests/redis_client.h"

#include <hiredis/hiredis.h>

#include <asio/buffer.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/read.hpp>
#include <asio/write.hpp>
#include <sstream>

namespace octet::resp {
namespace {

std::string text_of(const redisReply& reply) {
  if (reply.type == REDIS_REPLY_NIL) return "nil";
  if (reply.type == REDIS_REPLY_INTEGER) return std::to_string(reply.integer);
  if (reply.type != REDIS_REPLY_ARRAY) return {reply.str, static_cast<std::size_t>(reply.len)};
  std::string all;
  for (std::size_t i = 0; i < reply.elements; ++i) {
    all += (i == 0 ? "" : " ") + text_of(*reply.element[i]);
  }
  return "[" + all + "]";
}

std::vector<std::string> words_of(const std::string& line) {
  std::istringstream in(line);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

void append(redisContext* context, const std::vector<std::string>& words) {
  std::vector<const char*> texts;
  std::vector<std::size_t> sizes;
  for (const std::string& word : words) {
    texts.push_back(word.data());
    sizes.push_back(word.size());
  }
  redisAppendCommandArgv(context, static_cast<int>(words.size()), texts.data(), sizes.data());
}

}  // namespace

RedisClient::RedisClient(std::uint16_t port) : context_(redisConnect("127.0.0.1", port)) {}

std::string RedisClient::ask(const std::vector<std::string>& words) {
  append(context_.get(), words);
  return next();
}

std::string RedisClient::ask(const std::string& line) {
  return ask(words_of(line));
}

void RedisClient::later(const std::string& line) {
  append(context_.get(), words_of(line));
}

std::string RedisClient::next() {
  void* memory = nullptr;
  if (redisGetReply(context_.get(), &memory) != REDIS_OK) return context_->errstr;
  const std::unique_ptr<void, decltype(&freeReplyObject)> owner(memory, freeReplyObject);
  return text_of(*static_cast<const redisReply*>(memory));
}

void RedisClient::End::operator()(redisContext* context) const {
  redisFree(context);
}

std::string answer_to(std::uint16_t port, const std::string& bytes) {
  asio::io_context io;
  asio::ip::tcp::socket socket(io);
  socket.connect({asio::ip::address_v4::loopback(), port});
  asio::write(socket, asio::buffer(bytes));
  std::string answer;
  asio::error_code end;
  asio::read(socket, asio::dynamic_buffer(answer), end);
  return answer;
}

}  // namespace octet::resp

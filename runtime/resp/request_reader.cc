#include "runtime/resp/request_reader.h"

#include <hiredis/read.h>

#include <new>
#include <utility>

namespace octet::resp {
namespace {

// Hiredis asks these to keep what it has read. Nothing, for what no request has, makes it refuse.

Request& words_of(const redisReadTask* task) {
  return *static_cast<Request*>(task->privdata);
}

/// `count` is an int or a std::size_t, as the version of Hiredis likes it.
template <class Count>
void* begin_request(const redisReadTask* task, Count count) {
  if (task->parent != nullptr || count > static_cast<Count>(RequestReader::most_words)) {
    return nullptr;
  }
  words_of(task).clear();
  return &words_of(task);
}

void* add_word(const redisReadTask* task, char* text, std::size_t size) {
  if (task->parent == nullptr || task->type != REDIS_REPLY_STRING) return nullptr;
  words_of(task).emplace_back(text, size);
  return &words_of(task);
}

redisReplyObjectFunctions* keeping() {
  static redisReplyObjectFunctions functions = [] {
    redisReplyObjectFunctions all{};
    all.createArray = begin_request;
    all.createString = add_word;
    all.createInteger = [](const redisReadTask*, long long) -> void* { return nullptr; };
    all.createNil = [](const redisReadTask*) -> void* { return nullptr; };
    all.freeObject = [](void*) {};  // the words are the RequestReader's
    return all;
  }();
  return &functions;
}

}  // namespace

RequestReader::RequestReader()
    : words_(std::make_unique<Request>()), reader_(redisReaderCreateWithFunctions(keeping())) {
  if (!reader_) throw std::bad_alloc();
  reader_->privdata = words_.get();
}

void RequestReader::feed(std::string_view bytes) {
  if (redisReaderFeed(reader_.get(), bytes.data(), bytes.size()) != REDIS_OK) is_broken_ = true;
}

std::optional<Request> RequestReader::next() {
  void* request = nullptr;
  if (redisReaderGetReply(reader_.get(), &request) != REDIS_OK) is_broken_ = true;
  if (request != nullptr) return std::exchange(*words_, {});
  if (reader_->len - reader_->pos > longest) is_broken_ = true;
  return std::nullopt;
}

void RequestReader::End::operator()(redisReader* reader) const {
  redisReaderFree(reader);
}

}  // namespace octet::resp

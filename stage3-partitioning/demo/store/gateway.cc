#include "stage3-partitioning/demo/store/gateway.h"

#include <variant>

#include "runtime/resp/answers.h"

namespace octet::store {
namespace {

Input write_of(std::uint64_t number, const Overwrite& what, const std::string& context, Level level,
               const std::string& session) {
  if (!what.value) return Delete{number, what.key, context, level, session};
  return Put{number, what.key, *what.value, context, level, session};
}

}  // namespace

Gateway::Gateway(asio::io_context& io, const asio::ip::tcp::endpoint& listen, tcp::Runner& runner,
                 Duration longest_call)
    : calls_(io, runner, longest_call), server_(io, listen, [this] {
        return [this, talk = Talk()](const resp::Request& request) mutable {
          return answer_to(request, talk);
        };
      }) {}

asio::awaitable<std::string> Gateway::answer_to(const resp::Request& request, Talk& talk) {
  const auto what = wanted(request);
  if (const auto* ready = std::get_if<std::string>(&what)) co_return *ready;
  co_return co_await std::visit([&](const auto& operation) { return act(operation, talk); },
                                std::get<Operation>(what));
}

asio::awaitable<std::string> Gateway::act(const Read& read, Talk& talk) {
  const Output end = co_await this->read(read.key, talk);
  const auto* got = std::get_if<Got>(&end);
  co_return got == nullptr ? failure(end) : answer(read, *got);
}

/// A strong write needs no context, but who deletes is told whether there was something.
asio::awaitable<std::string> Gateway::act(const Overwrite& overwrite, Talk& talk) {
  const bool deletes = !overwrite.value;
  std::string context;
  if (talk.level == Level::strong && !deletes) co_return co_await write(overwrite, context, talk);
  const Output end = co_await read(overwrite.key, talk);
  const auto* got = std::get_if<Got>(&end);
  if (got == nullptr)
    co_return resp::error("FAILED nothing was written: the read before it failed");
  if (deletes && got->values.empty()) co_return resp::integer(0);
  if (talk.level != Level::strong) context = got->context;
  const std::string written = co_await write(overwrite, context, talk);
  const bool is_deleted = deletes && written == resp::simple("OK");
  co_return is_deleted ? resp::integer(1) : written;
}

asio::awaitable<std::string> Gateway::act(const Replace& replace, Talk& talk) {
  if (talk.level == Level::strong) {
    co_return resp::error("ERR a strong write takes the place of everything: it has no context");
  }
  const Overwrite what{replace.key, replace.value};
  co_return co_await write(what, replace.context, talk);
}

/// What was seen at another level is no part of a session.
asio::awaitable<std::string> Gateway::act(const UseLevel& use, Talk& talk) {
  talk.level = use.level;
  talk.session.clear();
  co_return resp::simple("OK");
}

asio::awaitable<std::string> Gateway::act(const TellLevel&, Talk& talk) {
  co_return resp::bulk(name_of(talk.level));
}

asio::awaitable<Output> Gateway::read(const std::string& key, Talk& talk) {
  const auto get = [&](std::uint64_t number) {
    return Input(Get{number, key, talk.level, talk.session});
  };
  const Output end = (co_await calls_.call(get)).value_or(Unknown{});
  if (const auto* got = std::get_if<Got>(&end)) talk.session = got->session;
  co_return end;
}

asio::awaitable<std::string> Gateway::write(const Overwrite& what, const std::string& context,
                                            Talk& talk) {
  const auto put = [&](std::uint64_t number) {
    return write_of(number, what, context, talk.level, talk.session);
  };
  const Output end = (co_await calls_.call(put)).value_or(Unknown{});
  const auto* stored = std::get_if<Stored>(&end);
  if (stored == nullptr) co_return failure(end);
  talk.session = stored->session;
  co_return resp::simple("OK");
}

}  // namespace octet::store

#include "stage4-raft/demo/gateway/gateway.h"

#include <variant>

#include "stage4-raft/demo/gateway/commands.h"

namespace octet::kv {

Gateway::Gateway(asio::io_context& io, const asio::ip::tcp::endpoint& listen, tcp::Runner& runner,
                 Duration longest_call)
    : calls_(io, runner, longest_call), server_(io, listen, [this] {
        return [this](const resp::Request& request) { return answer_to(request); };
      }) {}

asio::awaitable<std::string> Gateway::answer_to(const resp::Request& request) {
  const auto what = wanted(request);
  if (const auto* ready = std::get_if<std::string>(&what)) co_return *ready;
  const auto call_of = [&](std::uint64_t number) {
    return ClientInput(Call{number, std::get<Operation>(what)});
  };
  co_return answer((co_await calls_.call(call_of)).value_or(Unknown{}));
}

}  // namespace octet::kv

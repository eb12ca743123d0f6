#include "runtime/tcp/runner.h"

#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/post.hpp>
#include <asio/redirect_error.hpp>
#include <asio/use_awaitable.hpp>
#include <utility>

#include "runtime/tcp/frames.h"

namespace octet::tcp {
namespace {

/// An exception on the way is a bug of ours or of the node's: it ends the process, with its
/// message.
void rethrow(std::exception_ptr error) {
  if (error) std::rethrow_exception(error);
}

}  // namespace

Runner::Runner(asio::io_context& io, RunnerOptions options, std::unique_ptr<AnyNode> node)
    : options_(std::move(options)),
      io_(io),
      node_(std::move(node)),
      disk_(options_.data, options_.protocol),
      acceptor_(io, options_.listen) {
  for (const auto& [peer, endpoint] : options_.peers) {
    const Bytes hello = encode(Hello{.protocol = options_.protocol, .from = options_.id});
    links_.emplace(peer, std::make_shared<Link>(io, endpoint, hello));
  }
}

Runner::~Runner() {
  disk_thread_.join();
  for (const auto& [peer, link] : links_) link->close();
}

void Runner::start() {
  for (const auto& [peer, link] : links_) link->start();
  asio::co_spawn(
      io_, [this] { return accept(); }, rethrow);
  const std::vector<Bytes> records = disk_.read();
  if (!handle([&] { return node_->start(records, *this, effects_); })) {
    throw DiskError("a record in " + options_.data.string() + " is none of this protocol's");
  }
}

bool Runner::input(const Bytes& input) {
  return handle([&] { return node_->input(input, *this, effects_); });
}

void Runner::cut(NodeId peer) {
  cut_.insert(peer);
  if (const auto link = links_.find(peer); link != links_.end()) link->second->cut(true);
}

void Runner::heal() {
  cut_.clear();
  for (const auto& [peer, link] : links_) link->cut(false);
}

Time Runner::now() const {
  return Time(std::chrono::steady_clock::now().time_since_epoch());
}

WallTime Runner::wall_clock() const {
  return std::chrono::system_clock::now();
}

asio::awaitable<void> Runner::accept() {
  while (true) {
    asio::error_code error;
    auto socket = co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, error));
    if (!error) {
      asio::co_spawn(io_, receive(std::move(socket)), rethrow);
      continue;
    }
    asio::steady_timer pause(io_, std::chrono::milliseconds(100));  // no descriptor is left
    co_await pause.async_wait(asio::use_awaitable);
  }
}

/// Until the connection ends. Who is no node of this cluster, or says what is no frame, is not
/// listened to.
asio::awaitable<void> Runner::receive(asio::ip::tcp::socket socket) {
  Hello hello;
  try {
    const auto first = co_await read_frame(socket);
    if (!first) co_return;
    decode(*first, hello);
  } catch (const Undecodable&) {
    ++undecodable_;
    co_return;
  }
  const bool is_known = hello.magic == Hello().magic && hello.protocol == options_.protocol &&
                        options_.peers.contains(hello.from);
  if (!is_known) {
    ++undecodable_;
    co_return;
  }
  while (const auto message = co_await read_frame(socket)) {
    if (cut_.contains(hello.from)) continue;
    const auto deliver = [&] { return node_->deliver(*message, hello.from, *this, effects_); };
    if (!handle(deliver)) ++undecodable_;
  }
}

template <class Handler>
bool Runner::handle(Handler handler) {
  effects_.clear();
  if (!handler()) return false;
  for (AnyEffect& effect : effects_) perform(std::move(effect));
  if (!is_writing_ && !writes_.empty()) write_batch();
  return true;
}

void Runner::perform(AnyEffect effect) {
  switch (effect.kind) {
    case AnyEffect::Kind::set_timer:
      return set_timer(effect);
    case AnyEffect::Kind::cancel_timer:
      if (const auto timer = timers_.extract(effect.bytes)) timer.mapped()->cancel();
      return;
    case AnyEffect::Kind::persist:
    case AnyEffect::Kind::compact:
      ++issued_;
      writes_.push_back(std::move(effect));
      return;
    case AnyEffect::Kind::send:
    case AnyEffect::Kind::emit:
      break;
  }
  if (durable_ == issued_) return leave(std::move(effect));
  waiting_.push_back({std::move(effect), issued_});
}

void Runner::set_timer(const AnyEffect& effect) {
  const auto span = static_cast<std::uint64_t>((effect.max - effect.min).count());
  const Duration after = effect.min + Duration(static_cast<std::int64_t>(random_() % (span + 1)));
  auto timer = std::make_shared<asio::steady_timer>(io_, after);
  if (const auto old = timers_.extract(effect.bytes)) old.mapped()->cancel();
  timers_.emplace(effect.bytes, timer);
  timer->async_wait([this, timer, bytes = effect.bytes](asio::error_code) {
    // Its turn may have come before it was cancelled or replaced.
    const auto set = timers_.find(bytes);
    if (set == timers_.end() || set->second != timer) return;
    timers_.erase(set);
    handle([&] { return node_->fire(bytes, *this, effects_); });
  });
}

/// One flush for all that came while the disk was busy. Handlers go on meanwhile.
void Runner::write_batch() {
  is_writing_ = true;
  asio::post(disk_thread_, [this, batch = std::exchange(writes_, {})] {
    disk_.write(batch);
    asio::post(io_, [this, count = batch.size()] {
      is_writing_ = false;
      durable_ += count;
      while (!waiting_.empty() && waiting_.front().write <= durable_) {
        AnyEffect effect = std::move(waiting_.front().effect);
        waiting_.pop_front();
        leave(std::move(effect));
      }
      if (!is_writing_ && !writes_.empty()) write_batch();
    });
  });
}

void Runner::leave(AnyEffect effect) {
  if (effect.kind == AnyEffect::Kind::emit) return on_output(effect.bytes);
  if (effect.to == options_.id) {
    asio::post(io_, [this, message = std::move(effect.bytes)] {
      handle([&] { return node_->deliver(message, options_.id, *this, effects_); });
    });
  } else if (const auto link = links_.find(effect.to); link != links_.end()) {
    link->second->send(effect.bytes);
  }
}

}  // namespace octet::tcp

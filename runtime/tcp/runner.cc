#include "runtime/tcp/runner.h"

#include <asio/co_spawn.hpp>
#include <asio/post.hpp>
#include <asio/redirect_error.hpp>
#include <asio/use_awaitable.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "runtime/erase/strange_record.h"
#include "runtime/tcp/frames.h"
#include "runtime/tcp/spawn.h"

namespace octet::tcp {

namespace {

/// A Hello that no node says when the bytes are none.
Hello hello_in(const Bytes& bytes) {
  Hello hello;
  try {
    decode(bytes, hello);
  } catch (const Undecodable&) {
    hello.magic.clear();
  }
  return hello;
}

}  // namespace

Runner::Runner(asio::io_context& io, RunnerOptions options, std::unique_ptr<AnyNode> node,
               std::unique_ptr<Disk> disk)
    : options_(std::move(options)),
      io_(io),
      node_(std::move(node)),
      disk_(std::move(disk)),
      acceptor_(io, options_.listen),
      more_room_(io, asio::steady_timer::time_point::max()) {
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
  const std::vector<Bytes> records = disk_->read();
  if (!handle([&] { return node_->start(records, *this, effects_); })) {
    throw DiskError("cannot start: " + strange_record(*node_, records));
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
  FrameReader frames(socket);
  const auto first = co_await next(frames, "refused a connection: ");
  if (!first) co_return;
  const Hello hello = hello_in(*first);
  if (const std::string wrong = what_is_wrong(hello); !wrong.empty()) {
    co_return refuse("refused a connection: " + wrong);
  }
  const std::string name = "node " + std::to_string(hello.from.value);
  const std::string closed = "closed a connection of " + name + ": ";
  while (const auto message = co_await next(frames, closed)) {
    co_await room();
    if (cut_.contains(hello.from)) continue;
    const auto deliver = [&] { return node_->deliver(*message, hello.from, *this, effects_); };
    if (!handle(deliver)) refuse("dropped a message of " + name + " that does not decode");
  }
}

/// None of its own words are said: they may be anything.
std::string Runner::what_is_wrong(const Hello& hello) const {
  if (hello.magic != Hello().magic) return "no node greets like that";
  if (hello.protocol != options_.protocol) return "a node of another protocol";
  if (!options_.peers.contains(hello.from)) return "a node that is none of ours";
  return "";
}

asio::awaitable<std::optional<Bytes>> Runner::next(FrameReader& frames,
                                                   std::string_view otherwise) {
  try {
    co_return co_await frames.next();
  } catch (const Undecodable& error) {
    refuse(std::string(otherwise) + error.what());
    co_return std::nullopt;
  }
}

void Runner::refuse(const std::string& why) {
  ++undecodable_;
  on_refusal(why);
}

template <class Handler>
bool Runner::handle(Handler handler) {
  effects_.clear();
  if (!handler()) return false;
  for (AnyEffect& effect : effects_) perform(std::move(effect));
  write_batch();
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
      return backlog_.add_write(std::move(effect));
    case AnyEffect::Kind::send:
    case AnyEffect::Kind::emit:
      break;
  }
  if (backlog_.is_empty()) return leave(std::move(effect));
  backlog_.add_waiting(std::move(effect));
}

void Runner::set_timer(const AnyEffect& effect) {
  const auto span = static_cast<std::uint64_t>((effect.max - effect.min).count());
  const Duration after = effect.min + Duration(static_cast<std::int64_t>(random_() % (span + 1)));
  auto timer = std::make_shared<asio::steady_timer>(io_, after);
  if (const auto old = timers_.extract(effect.bytes)) old.mapped()->cancel();
  timers_.emplace(effect.bytes, timer);
  const auto fire = [this, timer, bytes = effect.bytes] {
    // Its turn may have come before it was cancelled or replaced.
    const auto set = timers_.find(bytes);
    if (set == timers_.end() || set->second != timer) return;
    timers_.erase(set);
    handle([&] { return node_->fire(bytes, *this, effects_); });
  };
  timer->async_wait([this, fire](asio::error_code) { when_there_is_room(fire); });
}

/// One flush for all that came while the disk was busy. Handlers go on meanwhile.
void Runner::write_batch() {
  std::vector<AnyEffect> batch = backlog_.take_batch();
  if (batch.empty()) return;
  asio::post(disk_thread_, [this, batch = std::move(batch)] {
    std::string failure;
    try {
      disk_->write(batch);
    } catch (const std::exception& error) {
      failure = error.what();
    }
    asio::post(io_, [this, failure] {
      // Nobody knows what is on the disk now, so the node can promise nothing more.
      if (!failure.empty()) throw DiskError(failure);
      finish_batch();
    });
  });
}

void Runner::finish_batch() {
  backlog_.finish_batch();
  while (auto effect = backlog_.take_ready()) leave(std::move(*effect));
  write_batch();
  if (!backlog_.is_full()) more_room_.cancel();
}

asio::awaitable<void> Runner::room() {
  while (backlog_.is_full()) {
    asio::error_code cancelled;  // is how it is woken
    co_await more_room_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
  }
}

template <class Event>
void Runner::when_there_is_room(Event event) {
  if (!backlog_.is_full()) return event();
  more_room_.async_wait([this, event](asio::error_code) { when_there_is_room(event); });
}

void Runner::leave(AnyEffect effect) {
  if (effect.kind == AnyEffect::Kind::emit) return on_output(effect.bytes);
  if (effect.to == options_.id) {
    const auto arrive = [this, message = std::move(effect.bytes)] {
      handle([&] { return node_->deliver(message, options_.id, *this, effects_); });
    };
    asio::post(io_, [this, arrive] { when_there_is_room(arrive); });
  } else if (const auto link = links_.find(effect.to); link != links_.end()) {
    link->second->send(effect.bytes);
  } else {
    on_refusal("dropped a message to node " + std::to_string(effect.to.value) +
               ", which is none of ours");
  }
}

}  // namespace octet::tcp

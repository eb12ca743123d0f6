#include "runtime/durable/durable.h"

#include <map>
#include <utility>

#include "runtime/durable/happening.h"
#include "runtime/durable/links.h"

namespace octet {
namespace {

using durable::Happening;
using durable::Links;
using durable::Packet;
using durable::Witness;
using Kind = Happening::Kind;

constexpr Duration resend_after = std::chrono::milliseconds(200);
constexpr std::size_t most_at_a_time = 64;

/// A timer is the inner node's behind this byte, or ours.
constexpr char inner_timer = 'i';
const Bytes resend_due = "resend";

class Durable final : public AnyNode {
 public:
  explicit Durable(std::unique_ptr<AnyNode> inner) : inner_(std::move(inner)) {}
  Durable(const Durable& other)
      : AnyNode(),
        inner_(other.inner_->clone()),
        links_(other.links_),
        timers_(other.timers_),
        now_ns_(other.now_ns_),
        is_resend_set_(other.is_resend_set_) {}
  Durable& operator=(const Durable&) = delete;

  std::unique_ptr<AnyNode> clone() const override { return std::make_unique<Durable>(*this); }

  bool start(std::span<const Bytes> records, Environment& world,
             std::vector<AnyEffect>& effects) override {
    if (records.empty()) return happen({.kind = Kind::start}, world, effects);
    std::vector<AnyEffect> emitted;
    for (const Bytes& record : records) {
      if (!happen_again(record, world.id(), emitted)) return false;
    }
    effects.insert(effects.end(), emitted.begin(), emitted.end());
    for (const auto& [timer, span] : timers_) set_timer(timer, span, effects);
    send_again(effects);
    return true;
  }

  bool deliver(std::string_view message, NodeId from, Environment& world,
               std::vector<AnyEffect>& effects) override {
    Packet packet;
    try {
      decode(message, packet);
    } catch (const Undecodable&) {
      return false;
    }
    if (links_.is_next(from, packet)) {
      happen({.kind = Kind::deliver, .from = from, .bytes = Bytes(message)}, world, effects);
    } else {
      links_.receive(from, packet);  // news that need not survive
    }
    if (packet.number > 0) send(from, links_.acknowledgement(from), effects);
    return true;
  }

  bool fire(std::string_view timer, Environment& world, std::vector<AnyEffect>& effects) override {
    if (timer == resend_due) {
      is_resend_set_ = false;
      send_again(effects);
      return true;
    }
    if (!timer.starts_with(inner_timer)) return false;
    return happen({.kind = Kind::fire, .bytes = Bytes(timer.substr(1))}, world, effects);
  }

  bool input(std::string_view input, Environment& world, std::vector<AnyEffect>& effects) override {
    return happen({.kind = Kind::input, .bytes = Bytes(input)}, world, effects);
  }

  Bytes state() const override {
    auto& self = const_cast<Durable&>(*this);  // serialize() reads
    return encode(inner_->state()) + encode(self.links_) + encode(self.timers_) + encode(now_ns_) +
           encode(is_resend_set_);
  }
  bool equals(const AnyNode& other) const override {
    const auto* same = dynamic_cast<const Durable*>(&other);
    return same != nullptr && inner_->equals(*same->inner_) && state() == same->state();
  }

  std::any view() const override { return inner_->view(); }
  std::string view_json() const override { return inner_->view_json(); }
  std::string_view class_name() const override { return inner_->class_name(); }

  Shown show(List list, std::string_view bytes) const override {
    if (list == List::message) {
      Packet packet;
      decode(bytes, packet);
      if (packet.number > 0) return inner_->show(list, packet.content);
      return {.name = "Received", .json = "{\"upto\":" + std::to_string(packet.received) + "}"};
    }
    if (list == List::timer) {
      if (bytes == resend_due) return {.name = "ResendDue", .json = "{}"};
      return inner_->show(list, bytes.substr(1));
    }
    if (list == List::record) {
      Happening happening;
      decode(bytes, happening);
      return {.name = "Happening", .json = "{}"};
    }
    return inner_->show(list, bytes);
  }

 private:
  struct Span {
    std::int64_t min_ns = 0;
    std::int64_t max_ns = 0;
  };

  /// Tells the inner node, and does what it asks for once what it was told is on the disk. False
  /// when it does not understand.
  bool happen(Happening happening, Environment& world, std::vector<AnyEffect>& effects) {
    Witness witness(world, happening, now_ns_);
    std::vector<AnyEffect> asked;
    if (!tell(happening, witness, asked)) return false;
    effects.push_back({.kind = AnyEffect::Kind::persist, .bytes = encode(happening)});
    for (AnyEffect& effect : asked) perform(effect, &effects);
    set_resend(effects);
    return true;
  }

  bool happen_again(const Bytes& record, NodeId id, std::vector<AnyEffect>& emitted) {
    try {
      Happening happening;
      decode(record, happening);
      Witness witness(id, happening);
      std::vector<AnyEffect> asked;
      if (!tell(happening, witness, asked)) return false;
      for (AnyEffect& effect : asked) {
        perform(effect, nullptr);
        if (effect.kind == AnyEffect::Kind::emit) emitted.push_back(std::move(effect));
      }
      return true;
    } catch (const Undecodable&) {
      return false;
    }
  }

  bool tell(const Happening& happening, Environment& world, std::vector<AnyEffect>& asked) {
    now_ns_ = happening.now_ns;
    switch (happening.kind) {
      case Kind::start:
        return inner_->start({}, world, asked);
      case Kind::deliver:
        return deliver_inside(happening, world, asked);
      case Kind::fire:
        timers_.erase(happening.bytes);
        return inner_->fire(happening.bytes, world, asked);
      case Kind::input:
        return inner_->input(happening.bytes, world, asked);
    }
    return false;
  }

  /// What is no message of the inner node is dropped, and its turn is over like any other's.
  bool deliver_inside(const Happening& happening, Environment& world,
                      std::vector<AnyEffect>& asked) {
    Packet packet;
    decode(happening.bytes, packet);
    links_.receive(happening.from, packet);
    inner_->deliver(packet.content, happening.from, world, asked);
    return true;
  }

  /// `effects` is null when it has been done already, before a crash.
  void perform(const AnyEffect& effect, std::vector<AnyEffect>* effects) {
    switch (effect.kind) {
      case AnyEffect::Kind::send: {
        const Packet packet = links_.send(effect.to, effect.bytes);
        if (effects != nullptr) send(effect.to, packet, *effects);
        return;
      }
      case AnyEffect::Kind::set_timer: {
        const Span span{effect.min.count(), effect.max.count()};
        timers_[effect.bytes] = span;
        if (effects != nullptr) set_timer(effect.bytes, span, *effects);
        return;
      }
      case AnyEffect::Kind::cancel_timer:
        timers_.erase(effect.bytes);
        if (effects != nullptr) {
          effects->push_back({.kind = effect.kind, .bytes = inner_timer + effect.bytes});
        }
        return;
      case AnyEffect::Kind::persist:
      case AnyEffect::Kind::compact:
        return;  // what happened is there already
      case AnyEffect::Kind::emit:
        if (effects != nullptr) effects->push_back(effect);
    }
  }

  void send_again(std::vector<AnyEffect>& effects) {
    for (const Links::Unsent& each : links_.unacknowledged(most_at_a_time)) {
      send(each.to, each.packet, effects);
    }
    set_resend(effects);
  }

  static void send(NodeId to, const Packet& packet, std::vector<AnyEffect>& effects) {
    effects.push_back({.kind = AnyEffect::Kind::send, .to = to, .bytes = encode(packet)});
  }

  static void set_timer(const Bytes& timer, const Span& span, std::vector<AnyEffect>& effects) {
    effects.push_back({.kind = AnyEffect::Kind::set_timer,
                       .min = Duration(span.min_ns),
                       .max = Duration(span.max_ns),
                       .bytes = inner_timer + timer});
  }

  void set_resend(std::vector<AnyEffect>& effects) {
    if (is_resend_set_ || links_.is_all_acknowledged()) return;
    is_resend_set_ = true;
    effects.push_back({.kind = AnyEffect::Kind::set_timer,
                       .min = resend_after,
                       .max = 2 * resend_after,
                       .bytes = resend_due});
  }

  std::unique_ptr<AnyNode> inner_;
  Links links_;
  std::map<Bytes, Span> timers_;  // the inner node's, that are set
  std::int64_t now_ns_ = 0;       // when the last thing happened
  bool is_resend_set_ = false;
};

}  // namespace

std::unique_ptr<AnyNode> make_durable(std::unique_ptr<AnyNode> inner) {
  return std::make_unique<Durable>(std::move(inner));
}

}  // namespace octet

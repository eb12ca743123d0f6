#include "graders/stage2-clocks-rpc/distinct_draws.h"

#include <utility>

#include "runtime/random.h"

namespace octet::grading {
namespace {

constexpr std::uint64_t few = 1000;

/// No list has so many kinds of records that one of them begins like this.
const Bytes one_life = "\xff";

/// The environment of a node in one of its lives.
class Distinct final : public Environment {
 public:
  Distinct(Environment& environment, std::uint64_t life, std::uint64_t& drawn)
      : environment_(environment), life_(life), drawn_(drawn) {}
  NodeId id() const override { return environment_.id(); }
  Time now() const override { return environment_.now(); }
  WallTime wall_clock() const override { return environment_.wall_clock(); }
  std::uint64_t choose(std::uint64_t options) override {
    if (options <= few) return environment_.choose(options);
    return mix(mix(life_) ^ ++drawn_) % options;
  }

 private:
  Environment& environment_;
  std::uint64_t life_;
  std::uint64_t& drawn_;
};

class Decorated final : public AnyNode {
 public:
  explicit Decorated(std::unique_ptr<AnyNode> node) : node_(std::move(node)) {}
  Decorated(const Decorated& other)
      : AnyNode(), node_(other.node_->clone()), life_(other.life_), drawn_(other.drawn_) {}

  std::unique_ptr<AnyNode> clone() const override { return std::make_unique<Decorated>(*this); }

  bool start(std::span<const Bytes> records, Environment& environment,
             std::vector<AnyEffect>& effects) override {
    std::vector<Bytes> own;
    for (const Bytes& record : records) {
      if (record != one_life) own.push_back(record);
    }
    life_ = records.size() - own.size() + 1;
    effects.push_back({.kind = AnyEffect::Kind::persist, .bytes = one_life});
    return tell(environment, effects,
                [&](Environment& distinct) { return node_->start(own, distinct, effects); });
  }
  bool deliver(std::string_view message, NodeId from, Environment& environment,
               std::vector<AnyEffect>& effects) override {
    return tell(environment, effects, [&](Environment& distinct) {
      return node_->deliver(message, from, distinct, effects);
    });
  }
  bool fire(std::string_view timer, Environment& environment,
            std::vector<AnyEffect>& effects) override {
    return tell(environment, effects,
                [&](Environment& distinct) { return node_->fire(timer, distinct, effects); });
  }
  bool input(std::string_view input, Environment& environment,
             std::vector<AnyEffect>& effects) override {
    return tell(environment, effects,
                [&](Environment& distinct) { return node_->input(input, distinct, effects); });
  }

  Bytes state() const override { return node_->state() + encode(life_) + encode(drawn_); }
  bool equals(const AnyNode& other) const override {
    const auto* same = dynamic_cast<const Decorated*>(&other);
    return same != nullptr && life_ == same->life_ && drawn_ == same->drawn_ &&
           node_->equals(*same->node_);
  }
  std::any view() const override { return node_->view(); }
  std::string view_json() const override { return node_->view_json(); }
  Shown show(List list, std::string_view bytes) const override {
    if (list == List::record && bytes == one_life) return {"OneMoreLife", "{}"};
    return node_->show(list, bytes);
  }
  std::string_view class_name() const override { return node_->class_name(); }

 private:
  template <class Tell>
  bool tell(Environment& environment, std::vector<AnyEffect>& effects, Tell tell) {
    Distinct distinct(environment, life_, drawn_);
    const bool understood = tell(distinct);
    for (AnyEffect& effect : effects) {
      // Everything is replaced, but the lives still count.
      const bool replaces_all = effect.kind == AnyEffect::Kind::compact && effect.bytes.empty();
      if (replaces_all) effect.records.insert(effect.records.begin(), life_, one_life);
    }
    return understood;
  }

  std::unique_ptr<AnyNode> node_;
  std::uint64_t life_ = 0;
  std::uint64_t drawn_ = 0;
};

}  // namespace

std::unique_ptr<AnyNode> with_distinct_draws(std::unique_ptr<AnyNode> node) {
  return std::make_unique<Decorated>(std::move(node));
}

}  // namespace octet::grading

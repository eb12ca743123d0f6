#pragma once

#include <cstdint>
#include <memory>

#include "runtime/erase/any_node.h"

namespace octet::grading {

/// A process of mutual exclusion together with its application, for the search: the application
/// requests at any time, enters, and releases at any time, so many times. What it does next is a
/// timer of this node, so that the search does it in every order with all else.
class SearchedLock final : public AnyNode {
 public:
  struct View {
    std::uint32_t entered = 0;
    bool waits = false;
    bool is_inside = false;
    bool entered_unasked = false;
    bool uses_timers = false;  // its own, which may let it go on
  };

  SearchedLock(std::unique_ptr<AnyNode> process, std::uint32_t times);

  std::unique_ptr<AnyNode> clone() const override;
  bool start(std::span<const Bytes> records, Environment&, std::vector<AnyEffect>&) override;
  bool deliver(std::string_view message, NodeId from, Environment&,
               std::vector<AnyEffect>& effects) override;
  bool fire(std::string_view timer, Environment&, std::vector<AnyEffect>& effects) override;
  bool input(std::string_view input, Environment&, std::vector<AnyEffect>& effects) override;
  Bytes state() const override;
  bool equals(const AnyNode& other) const override;
  std::any view() const override { return view_; }
  std::string view_json() const override { return process_->view_json(); }
  Shown show(List list, std::string_view bytes) const override;
  std::string_view class_name() const override { return process_->class_name(); }

 private:
  void act(std::vector<AnyEffect>& effects);
  bool request(Environment&, std::vector<AnyEffect>& effects);
  bool release(Environment&, std::vector<AnyEffect>& effects);

  std::unique_ptr<AnyNode> process_;
  std::uint32_t times_;
  View view_;
};

}  // namespace octet::grading

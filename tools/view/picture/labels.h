#pragma once

#include "tools/view/picture/layout.h"

namespace octet::view {

constexpr double label_size = 12;  // of the font

/// Puts a label beside each mark of a row, on the side, and as high, as arrows disturb it least.
class Labels {
 public:
  explicit Labels(Layout& layout) : layout_(layout) {}

  void add(const Mark& mark, const std::string& text);

 private:
  struct Box {
    Point from;
    Point to;
  };

  Box box_of(const Label& label) const;
  double disturbance(const Label& label) const;

  Layout& layout_;
};

}  // namespace octet::view

#pragma once

#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

namespace octet::store {

/// Stands for what somebody knows of a key, or of many.
enum class Digest : std::uint64_t {};

/// Of a key and the bytes that say what is known of it. Of no key at all: Digest{}.
Digest digest_of(std::string_view key, std::string_view state);

/// The keys of one slot as a tree of digests (Merkle 1987; DeCandia et al. 2007, §4.7). Two trees
/// with equal roots are equal, up to chance (2^-64); otherwise the difference is below a child that
/// differs.
///
/// Keys are spread over the leaves by their hash. The digest of a part is the sum of those of its
/// keys, so a key that changes costs the same however many there are. A sum, as equal digests would
/// cancel out in an exclusive or.
class HashTree {
 public:
  static constexpr std::uint32_t fan_out = 16;
  static constexpr std::uint32_t depth = 3;  // leaves are so far from the root

  /// A node of the tree.
  struct Part {
    std::uint32_t level = 0;  // 0 for the root
    std::uint32_t place = 0;  // on its level, from the left
    Digest digest{};
    bool operator==(const Part&) const = default;
    bool is_leaf() const { return level == depth; }
  };

  /// The key had one digest, and has another now.
  void change(std::string_view key, Digest before, Digest after);

  Part root() const { return part(0, 0); }
  std::vector<Part> children(const Part& of) const;

  /// Whether this tree has a part in the same place with another digest. Not when there is no such
  /// place in any tree.
  bool differs(const Part& from) const;

  /// The leaf that the key belongs to.
  static std::uint32_t leaf_of(std::string_view key);

  bool operator==(const HashTree&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(leaves_);
  }

 private:
  Part part(std::uint32_t level, std::uint32_t place) const;

  std::map<std::uint32_t, std::uint64_t> leaves_;  // sums, of those that are not zero
};

}  // namespace octet::store

#pragma once

#include <cstddef>
#include <cstdint>

/// Fields: how a message becomes bytes that other versions of the program can read.
///
///     message = field field ... end
///     field   = key content                key = tag * 4 + kind, a varint
///     end     = the byte 00
///
///     kind 0  number   a varint
///     kind 1  bytes    their number, a varint, and then the bytes: text, data, or another message
///     kind 2  numbers  how many, a varint, and then as many varints
///     kind 3  blocks   how many, a varint, and then as many times what kind 1 has
///
/// A *varint* is a number of up to 64 bits, seven bits in each byte, the lowest first; all bytes
/// but the last have their highest bit set. 300 is AC 02. A signed number n is written as the
/// number 2n, or as -2n - 1 when it is negative (zigzag): 0, -1, 1, -2 are 0, 1, 2, 3.
///
/// Equal messages are equal bytes. For that the tags of a message grow, so each comes once at most;
/// a varint has no byte that could be left out; and a field that was written is there, also when it
/// is 0 or empty. Bytes that break any of this are malformed.
namespace octet::fields {

/// Says which field it is: 1 to max_tag, never used for anything else.
using Tag = std::uint32_t;
inline constexpr Tag max_tag = (1 << 30) - 1;

enum class Kind { number = 0, bytes = 1, numbers = 2, blocks = 3 };

/// A message in a message in ...: how many may lie around the innermost one.
inline constexpr int max_depth = 32;

}  // namespace octet::fields

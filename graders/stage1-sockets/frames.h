#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// Frames that the graders make themselves, so that a solution's encoder cannot agree with its own
/// decoder on something else.
namespace octet::sockets {

inline constexpr std::size_t megabyte = 1 << 20;

/// A length alone.
std::string header(std::uint32_t length);

std::string frame(std::string_view payload);

/// A frame that cannot be mistaken for one with another number, nor any part of it for another.
std::string numbered_frame(std::size_t number, std::size_t payload_size);

/// The frames numbered 0, 1, ... one behind the other.
std::string numbered_frames(std::size_t count, std::size_t payload_size);

}  // namespace octet::sockets

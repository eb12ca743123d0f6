#pragma once

#include <asio/io_context.hpp>
#include <functional>

namespace octet::grading {

/// Makes an event loop look at its timers after the hand of Clock has moved; calls `looked` after
/// the handlers of those that were due. Asio itself sleeps until it believes a timer is due, and
/// looks again when a timer is set that comes before all others.
void kick(asio::io_context& io, std::function<void()> looked);

}  // namespace octet::grading

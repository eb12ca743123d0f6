#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/view/picture/layout.h"

/// Small runs to draw, and what can be found in a picture.
namespace octet::view {

/// Node 1 sends at 1 ms, in the handler of a timer, and node 3 may get it.
trace::Trace one_message();

/// What becomes of that.
trace::Event arrival(Duration at);
trace::Event loss(Duration at);

/// So many messages to node 1, one in each millisecond.
trace::Trace beats(std::size_t number);

/// Everybody tells everybody something long, and some of it is lost.
trace::Trace crowd(std::uint32_t size);

/// The whole file.
std::string picture(const trace::Trace& trace);

/// How often this is in it.
std::size_t count(const std::string& svg, std::string_view part);

/// What stands in the <text> elements of a class.
std::vector<std::string> texts(const std::string& svg, std::string_view class_name);

/// Where the only mark of this kind is.
Point place_of_mark(const Layout& layout, trace::Event::Kind kind);

}  // namespace octet::view

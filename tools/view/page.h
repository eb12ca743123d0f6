#pragma once

#include <string>
#include <string_view>

#include "runtime/trace/trace.h"
#include "tools/view/marks.h"

/// The space-time view: one HTML file that needs nothing else, neither a server nor a network.
namespace octet::view {

/// What the page's own files hold (tools/view/page/), put into the program when it is built.
struct PageFile {
  std::string_view name;  // "draw.js"
  std::string_view text;
};

/// The same trace, the same bytes. `other`, when there is one, is shown beside it. The marks are on
/// the operations of `trace`.
std::string page(const trace::Trace& trace, const trace::Trace* other = nullptr,
                 const Marks& marks = {});

/// Whether a file that begins like this is such a page, so that a new one may take its place.
bool is_page(std::string_view beginning);

/// How every page begins.
constexpr std::string_view first_line = "<!doctype html><!-- Octet space-time view -->";

}  // namespace octet::view

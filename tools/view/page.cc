#include "tools/view/page.h"

#include <algorithm>
#include <span>

#include "runtime/check.h"
#include "tools/view/columns.h"
#include "tools/view/page_files.h"

namespace octet::view {
namespace {

std::string_view file(std::string_view name) {
  const auto found = std::ranges::find(page_files(), name, &PageFile::name);
  OCTET_CHECK(found != page_files().end(), "tools/CMakeLists.txt names every file of the page");
  return found->text;
}

/// In the order in which they were named to CMake: what is used comes before what uses it.
std::string scripts() {
  std::string all = "'use strict';\n";
  for (const PageFile& part : page_files()) {
    if (part.name.ends_with(".js")) all += part.text;
  }
  return all;
}

std::string part(std::string_view name, const trace::Trace& trace, const trace::Trace* other,
                 const Marks& marks) {
  if (name == "style") return std::string(file("view.css"));
  if (name == "script") return scripts();
  if (name == "trace") return columns(trace, marks);
  OCTET_CHECK(name == "other", "view.html has no other holes");
  return other == nullptr ? "null" : columns(*other);
}

}  // namespace

std::string page(const trace::Trace& trace, const trace::Trace* other, const Marks& marks) {
  std::string out(first_line);
  out += '\n';
  // One pass: what was put into a hole is never searched for holes.
  std::string_view rest = file("view.html");
  for (std::size_t open = rest.find("{{"); open != std::string_view::npos; open = rest.find("{{")) {
    const std::size_t close = rest.find("}}", open);
    out += rest.substr(0, open);
    out += part(rest.substr(open + 2, close - open - 2), trace, other, marks);
    rest.remove_prefix(close + 2);
  }
  return out += rest;
}

bool is_page(std::string_view beginning) {
  return beginning.starts_with(first_line);
}

}  // namespace octet::view

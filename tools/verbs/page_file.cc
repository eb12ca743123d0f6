#include "tools/verbs/page_file.h"

#include <fmt/format.h>

#include <fstream>

#include "tools/project/errors.h"
#include "tools/view/page.h"

namespace octet::lab {
namespace {

namespace fs = std::filesystem;

/// Nothing that somebody else wrote is overwritten.
void check_replaceable(const fs::path& file) {
  if (!fs::exists(file)) return;
  std::string beginning(view::first_line.size(), '\0');
  std::ifstream(file, std::ios::binary)
      .read(beginning.data(), static_cast<std::streamsize>(beginning.size()));
  if (view::is_page(beginning)) return;
  throw Failure(fmt::format("{} is there and is no view of a trace; name another file with --out",
                            file.string()));
}

}  // namespace

void write_file(const fs::path& file, const std::function<void(std::ostream&)>& contents) {
  std::ofstream out(file, std::ios::binary);
  contents(out);
  out.close();
  if (!out)
    throw Failure(fmt::format("cannot write {}: is its folder there, and yours?", file.string()));
}

void write_page(const fs::path& file, const std::function<std::string()>& page) {
  check_replaceable(file);
  write_file(file, [&](std::ostream& out) { out << page(); });
}

}  // namespace octet::lab

#include "bench/stage3/page.h"

#include <fmt/format.h>

#include <fstream>
#include <stdexcept>
#include <string_view>

#include "bench/plot.h"

namespace octet::bench {
namespace {

constexpr std::string_view beginning = "<!DOCTYPE html>\n<!-- by ./lab bench 3 -->\n";

constexpr const char* style =
    R"(body { background: var(--paper); color: var(--ink); font: 15px/1.45 system-ui, sans-serif;
  max-width: 1080px; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.05rem; margin: 0; }
section + section { border-top: 1px solid var(--grid); margin-top: 3rem; padding-top: 1.5rem; }
figure p { color: var(--faint); margin: 0 0 .4rem; font-size: .9rem; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 430px), 1fr));
  gap: 1.6rem 2rem; }
figure { margin: 0; }
.plots > div { display: grid; gap: 1.6rem; align-content: space-between; }
.wide { overflow-x: auto; margin: 2rem 0; }
table { border-collapse: collapse; margin: 2rem 0; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: .2rem .6rem; border-bottom: 1px solid var(--grid); }
th { color: var(--faint); font-weight: 600; }
.wide table { margin: 0; white-space: nowrap; }
.left { text-align: left; }
caption { text-align: left; color: var(--faint); padding: 0 .6rem .4rem; }
)";

}  // namespace

std::string page_of(const std::vector<std::string>& sections) {
  std::string page = fmt::format(
      "{}<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n<head>\n"
      "<meta charset=\"utf-8\"/>\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
      "<title>Partitioning and replication, measured</title>\n<style>\n{}{}</style>\n</head>\n"
      "<body>\n",
      beginning, plot_style(), style);
  for (const std::string& section : sections) page += "<section>\n" + section + "</section>\n";
  return page + "</body>\n</html>\n";
}

std::string figure(const std::string& title, const std::string& about, const std::string& svg) {
  return fmt::format("<figure>\n<h2>{}</h2>\n<p>{}</p>\n{}</figure>\n", title, about, svg);
}

void refuse_other_file(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) return;
  std::string found(beginning.size(), '\0');
  std::ifstream(file, std::ios::binary)
      .read(found.data(), static_cast<std::streamsize>(found.size()));
  if (found != beginning) {
    throw std::runtime_error(file.string() +
                             " is there and is no such page; name another with --page");
  }
}

void write_page(const std::filesystem::path& file, const std::vector<std::string>& sections) {
  std::ofstream out(file, std::ios::binary);
  out << page_of(sections);
  out.close();
  if (!out) throw std::runtime_error(fmt::format("cannot write {}", file.string()));
}

}  // namespace octet::bench

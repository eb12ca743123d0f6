#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <optional>

#include "runtime/trace/history.h"
#include "runtime/trace/json_lines.h"
#include "runtime/trace/shiviz.h"
#include "runtime/trace/text.h"
#include "tools/verbs/page_file.h"
#include "tools/verbs/verb.h"
#include "tools/view/page.h"
#include "tools/view/picture/picture.h"

namespace octet::lab {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string trace;
  std::string out;
  std::string other;
  std::vector<std::string> export_as;  // a format and a file
  bool text = false;
};

trace::Trace read(const std::string& file) {
  if (fs::is_directory(file)) throw Failure(fmt::format("{} is a folder, not a trace", file));
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Failure(fmt::format("cannot read {}: is there such a file?", file));
  try {
    return trace::read_json_lines(in);
  } catch (const trace::Unreadable& error) {
    throw Failure(fmt::format("{}: {}", file, error.what()));
  }
}

int export_trace(const trace::Trace& trace, const std::string& format, const fs::path& file) {
  using Write = void (*)(std::ostream&, const trace::Trace&);
  const Write write_it = format == "shiviz"    ? trace::write_shiviz
                         : format == "history" ? trace::write_history
                         : format == "jsonl"   ? trace::write_json_lines
                         : format == "text"    ? trace::write_text
                         : format == "picture" ? view::write_picture
                                               : nullptr;
  if (write_it == nullptr) {
    throw UsageError(fmt::format(
        "\"{}\" is no format; there are picture, shiviz, history, jsonl and text", format));
  }
  if (fs::exists(file)) {
    throw Failure(fmt::format("{} is there already; name another file", file.string()));
  }
  write_file(file, [&](std::ostream& out) { write_it(out, trace); });
  fmt::print("{}\n", file.string());
  return 0;
}

int view_trace(const Options& options) {
  const trace::Trace trace = read(options.trace);
  if (options.text) {
    trace::write_text(std::cout, trace);
    return 0;
  }
  if (!options.export_as.empty()) {
    return export_trace(trace, options.export_as[0], options.export_as[1]);
  }
  std::optional<trace::Trace> other;
  if (!options.other.empty()) other = read(options.other);
  const fs::path out = options.out.empty() ? fs::path(options.trace).replace_extension(".html")
                                           : fs::path(options.out);
  write_page(out, [&] { return view::page(trace, other ? &*other : nullptr); });
  fmt::print("{}\n", out.string());
  return 0;
}

}  // namespace

Action view_verb(CLI::App& app, const Project&) {
  const auto options = std::make_shared<Options>();
  app.add_option("TRACE", options->trace, "A trace, as JSON lines")->required()->type_name("");
  app.add_option("--out", options->out, "The page; otherwise TRACE's name with .html")
      ->type_name("FILE");
  app.add_option("--compare", options->other, "Show this trace beside it")->type_name("OTHER");
  app.add_flag("--text", options->text, "Print a line for each event instead of making a page");
  app.add_option("--export", options->export_as,
                 "Write it as picture, shiviz, history, jsonl or text instead")
      ->expected(2)
      ->type_name("FORMAT FILE");
  return [options] { return view_trace(*options); };
}

}  // namespace octet::lab

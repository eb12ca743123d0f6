#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tools/project/build.h"
#include "tools/project/errors.h"
#include "tools/project/subprocess.h"
#include "tools/testing/suite.h"
#include "tools/testing/tree_files.h"

namespace octet::selftest {
namespace {

namespace fs = std::filesystem;

/// A page of 100,000 events is at most that large.
constexpr std::uintmax_t most_bytes = 5'000'000;

std::string find_browser() {
  for (const char* const name : {"chromium", "chromium-browser", "google-chrome"}) {
    if (lab::is_installed(name)) return name;
  }
  throw lab::Failure("install chromium: sudo apt-get install -y chromium");
}

/// Pages made of example traces, and a script inside of them that clicks and looks.
class Browser {
 public:
  explicit Browser(const Request& request)
      : root_(request.project.root()),
        build_(lab::build_folder(request.project, "dev")),
        folder_(build_ / "view-pages"),
        program_(find_browser()) {
    lab::build(request.project, {.target = "view_example", .folder = "", .whose = "the tree"});
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }

  void trace(const std::string& name) const {
    must({build_ / "tools/view/view_example", name, folder_ / (name + ".jsonl")});
  }

  void page(const std::string& name, const lab::Command& more = {}) const {
    lab::Command command = {build_ / "tools/lab", "view", folder_ / (name + ".jsonl")};
    command.insert(command.end(), more.begin(), more.end());
    must(command);
  }

  /// The small part of what is not linearizable as NAME-checked, the whole as NAME-checked-whole.
  void checked_page(const std::string& name) const {
    const lab::Captured done =
        lab::capture({build_ / "tools/lab", "check-history", folder_ / (name + ".jsonl"), "--view",
                      folder_ / (name + "-checked.html")});
    if (done.status != 1) throw lab::Failure(done.output);
  }

  fs::path file(const std::string& name) const { return folder_ / name; }

  /// What the exports of a trace have to be, byte by byte.
  std::string exports_of(const std::string& name) const {
    nlohmann::json all;
    for (const char* const format : {"jsonl", "shiviz", "history", "text"}) {
      const fs::path out = folder_ / (name + "." + format + ".export");
      must({build_ / "tools/lab", "view", folder_ / (name + ".jsonl"), "--export", format, out});
      all[format] = read_file(out);
    }
    return all.dump(-1, ' ', true);
  }

  /// What stands in VIEW.md has to be the picture that is written.
  Check compare_picture(const std::string& name, const fs::path& in_docs) const {
    const fs::path out = folder_ / (name + ".svg");
    must({build_ / "tools/lab", "view", folder_ / (name + ".jsonl"), "--export", "picture", out});
    const bool is_same = read_file(out) == read_file(root_ / in_docs);
    return {in_docs.string() + " is the picture of its run",
            is_same ? "" : fmt::format("it has to be {}", out.string())};
  }

  /// Each line of the script's report is a check.
  Checks look_at(const std::string& name, const std::string& exports) const {
    const fs::path tested = folder_ / (name + ".tested.html");
    std::string expected = exports;
    for (std::size_t at = 0; (at = expected.find('<', at)) != std::string::npos;) {
      expected.replace(at, 1, "\\u003c");
    }
    std::ofstream(tested) << read_file(folder_ / (name + ".html"))
                          << "<script>const expected = " << expected << ";</script>\n<script>"
                          << read_file(root_ / "tools/view/tests/selftest.js") << "</script>\n";
    const lab::Captured shown =
        lab::capture({program_, "--headless", "--no-sandbox", "--disable-gpu",
                      "--window-size=1400,900", "--user-data-dir=" + (folder_ / "profile").string(),
                      "--dump-dom", "file://" + tested.string()});
    return checks_of(name, shown.output);
  }

 private:
  static void must(const lab::Command& command) {
    const lab::Captured done = lab::capture(command);
    if (done.status != 0) throw lab::Failure(done.output);
  }

  static Checks checks_of(const std::string& name, const std::string& dom) {
    Checks checks;
    bool is_finished = false;
    std::istringstream lines(dom.substr(std::min(dom.size(), dom.find("<pre id=\"selftest\">"))));
    for (std::string line; std::getline(lines, line) && !is_finished;) {
      const std::size_t colon = line.find(": ");
      if (line.starts_with("PASS ")) checks.push_back({name + ": " + line.substr(5), ""});
      if (line.starts_with("FAIL ")) {
        checks.push_back({name + ": " + line.substr(5, colon - 5), line.substr(colon + 2)});
      }
      if (line.starts_with("INFO ")) fmt::print("  {}: {}\n", name, line.substr(5));
      is_finished = line.starts_with("DONE");
    }
    checks.push_back({name + " is looked at to the end", is_finished ? "" : "the script stopped"});
    return checks;
  }

  fs::path root_;
  fs::path build_;
  fs::path folder_;
  std::string program_;
};

}  // namespace

Checks check_view(const Request& request) {
  const Browser browser(request);
  Checks checks;
  const auto look = [&](const std::string& name, const std::string& exports) {
    const Checks more = browser.look_at(name, exports);
    checks.insert(checks.end(), more.begin(), more.end());
  };
  for (const char* const name : {"failing", "passing", "storm", "hostile"}) {
    browser.trace(name);
    browser.page(name);
    look(name, browser.exports_of(name));
  }
  checks.push_back(browser.compare_picture("failing", "docs/pictures/story.svg"));
  browser.page("failing", {"--compare", browser.file("passing.jsonl"), "--out",
                           browser.file("compared.html")});
  look("compared", "null");
  browser.trace("stale");
  browser.checked_page("stale");
  look("stale-checked", "null");
  look("stale-checked-whole", "null");
  browser.trace("long");
  browser.page("long");
  const std::uintmax_t bytes = fs::file_size(browser.file("long.html"));
  checks.push_back({"a page of 100,000 events is below 5 MB",
                    bytes <= most_bytes ? "" : fmt::format("it has {} bytes", bytes)});
  look("long", "null");
  return checks;
}

}  // namespace octet::selftest

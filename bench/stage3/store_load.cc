#include "bench/stage3/store_load.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "bench/process.h"

namespace octet::bench {
namespace {

/// The fields of a line like: "a","b"
std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> fields;
  for (std::size_t begin = 1; begin < line.size();) {
    const std::size_t end = std::min(line.find("\",\"", begin), line.size() - 1);
    fields.push_back(line.substr(begin, end - begin));
    begin = end + 3;
  }
  return fields;
}

bool is_number(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789.") == std::string::npos;
}

double value_of(const std::vector<std::string>& names, const std::vector<std::string>& values,
                const std::string& name) {
  for (std::size_t i = 0; i < names.size() && i < values.size(); ++i) {
    if (names[i] == name && is_number(values[i])) return std::stod(values[i]);
  }
  throw std::runtime_error("redis-benchmark does not say what it measured as " + name);
}

}  // namespace

Load load_of(const std::string& csv) {
  std::istringstream lines(csv);
  std::string names;
  std::string values;
  std::getline(lines, names);
  std::getline(lines, values);
  return {.per_second = value_of(fields_of(names), fields_of(values), "rps"),
          .p99_ms = value_of(fields_of(names), fields_of(values), "p99_latency_ms")};
}

Load run_load(std::uint16_t port, const std::vector<std::string>& command, std::size_t keys,
              std::size_t requests) {
  std::vector<std::string> all = {"redis-benchmark",
                                  "-h",
                                  "127.0.0.1",
                                  "-p",
                                  std::to_string(port),
                                  "-c",
                                  std::to_string(load_clients),
                                  "-n",
                                  std::to_string(requests),
                                  "-r",
                                  std::to_string(keys),
                                  "--csv"};
  all.insert(all.end(), command.begin(), command.end());
  return load_of(output_of(all));
}

}  // namespace octet::bench

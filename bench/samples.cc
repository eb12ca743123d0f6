#include "bench/samples.h"

#include <algorithm>
#include <cmath>

#include "runtime/check.h"

namespace octet::bench {

Summary summarise(std::vector<double> values) {
  OCTET_CHECK(!values.empty(), "a summary needs at least one run");
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  const double median =
      values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  return {values.front(), median, values.back()};
}

double percentile(const std::vector<double>& sorted, double share) {
  OCTET_CHECK(!sorted.empty(), "a percentile needs at least one value");
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
  return sorted[std::max<std::size_t>(rank, 1) - 1];
}

Summary ratio(const std::vector<double>& ours, const std::vector<double>& theirs) {
  OCTET_CHECK(ours.size() == theirs.size(), "ratios are of pairs");
  std::vector<double> ratios;
  for (std::size_t i = 0; i < ours.size(); ++i) ratios.push_back(ours[i] / theirs[i]);
  return summarise(ratios);
}

std::string bar(double value, double full, std::size_t width) {
  const double share = full > 0 ? std::clamp(value / full, 0.0, 1.0) : 0;
  std::string drawn;
  for (auto left = std::llround(share * static_cast<double>(width)); left > 0; --left) drawn += "█";
  return drawn;
}

}  // namespace octet::bench

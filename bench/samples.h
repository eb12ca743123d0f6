#pragma once

#include <string>
#include <vector>

namespace octet::bench {

/// What several runs of one measurement gave.
struct Summary {
  double min = 0;
  double median = 0;
  double max = 0;
};

/// Requires at least one value.
Summary summarise(std::vector<double> values);

/// The smallest of some sorted values that is not below this share of all, which is 0 to 1.
/// Requires at least one value.
double percentile(const std::vector<double>& sorted, double share);

/// The ratios of pairs measured one after the other, so that a machine that slows down for a while
/// slows both. Requires as many of `ours` as of `theirs`.
Summary ratio(const std::vector<double>& ours, const std::vector<double>& theirs);

/// A bar for a terminal, `width` characters for `full`.
std::string bar(double value, double full, std::size_t width);

}  // namespace octet::bench

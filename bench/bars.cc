#include "bench/bars.h"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/check.h"

namespace octet::bench {
namespace {

constexpr double width = 480;
constexpr double left = 64;
constexpr double right = width - 104;
constexpr double pitch = 34;  // from one bar to the next
constexpr double thickness = 20;

std::string drawn(const Bars::Bar& bar, std::size_t number, double unit) {
  const double middle = pitch * (static_cast<double>(number) + 0.5);
  const double end = left + unit * bar.value.median;
  const double least = left + unit * bar.value.min;
  const double most = left + unit * bar.value.max;
  std::string all = fmt::format(
      "<g{}>\n<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text>\n",
      bar.colour ? fmt::format(" class=\"s{}\"", *bar.colour) : "", left - 8, middle + 4, bar.name);
  all += fmt::format("<path class=\"bar\" d=\"M{:.1f} {:.1f}H{:.1f}v{:.1f}H{:.1f}z\"/>\n", left,
                     middle - thickness / 2, end, thickness, left);
  all += fmt::format("<path class=\"range\" d=\"M{:.1f} {:.1f}H{:.1f}m0-4v8M{:.1f} {:.1f}v8\"/>\n",
                     least, middle, most, least, middle - 4);
  return all + fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\">{}</text></g>\n",
                           std::max(end, most) + 8, middle + 4, bar.text);
}

}  // namespace

std::string svg(const Bars& bars) {
  OCTET_CHECK(!bars.bars.empty(), "bars have a scale, and that has an end");
  double most = 0;
  for (const Bars::Bar& bar : bars.bars) most = std::max(most, bar.value.max);
  const double unit = most > 0 ? (right - left) / most : 0;
  std::string all = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" role=\"img\" "
      "aria-label=\"{}\">\n",
      width, pitch * static_cast<double>(bars.bars.size()), bars.title);
  for (std::size_t i = 0; i < bars.bars.size(); ++i) all += drawn(bars.bars[i], i, unit);
  return all + "</svg>\n";
}

}  // namespace octet::bench

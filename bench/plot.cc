#include "bench/plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "runtime/check.h"

namespace octet::bench {
namespace {

constexpr double width = 480;
constexpr double height = 300;
constexpr double left = 64;
constexpr double right = width - 104;
constexpr double top = 28;
constexpr double bottom = height - 40;
constexpr double label_step = 15;  // from one name to the next

/// Where values are between two places on the paper.
class Scale {
 public:
  Scale(const Axis& axis, double least, double greatest, double from, double to)
      : is_logarithmic_(axis.is_logarithmic), from_(from), to_(to) {
    const double space = is_logarithmic_ ? 0.06 * (std::log(greatest) - std::log(least)) + 0.05
                                         : 0.06 * (greatest - least) + 0.01;
    low_ = position(least) - space;
    high_ = position(greatest) + space;
  }

  double at(double value) const {
    return from_ + (to_ - from_) * (position(value) - low_) / (high_ - low_);
  }

  /// Round values, some four to eight of them.
  std::vector<double> ticks() const {
    return is_logarithmic_ ? logarithmic_ticks() : linear_ticks();
  }

 private:
  double position(double value) const { return is_logarithmic_ ? std::log(value) : value; }

  std::vector<double> logarithmic_ticks() const {
    const double decades = (high_ - low_) / std::log(10);
    std::vector<double> ticks;
    for (double power = std::pow(10, std::floor(low_ / std::log(10))); std::log(power) <= high_;
         power *= 10) {
      for (const double digit : {1.0, 2.0, 5.0}) {
        const bool is_wanted = digit == 1 || decades < 2;
        const double place = std::log(digit * power);
        if (is_wanted && place >= low_ && place <= high_) ticks.push_back(digit * power);
      }
    }
    return ticks;
  }

  std::vector<double> linear_ticks() const {
    const double power = std::pow(10, std::floor(std::log10(high_ - low_)));
    const double part = (high_ - low_) / power;
    const double step = power * (part < 2 ? 0.25 : part < 5 ? 0.5 : 1);
    std::vector<double> ticks;
    const double first = std::ceil(low_ / step) * step + 0.0;  // and not -0
    for (double value = first; value <= high_; value += step) {
      ticks.push_back(value);
    }
    return ticks;
  }

  bool is_logarithmic_;
  double from_;
  double to_;
  double low_ = 0;
  double high_ = 1;
};

Scale scale_of(const Axis& axis, const std::vector<Series>& all, double Series::Point::*value,
               double from, double to) {
  double least = std::numeric_limits<double>::infinity();
  double greatest = -least;
  for (const Series& series : all) {
    for (const Series::Point& point : series.points) {
      least = std::min(least, point.*value);
      greatest = std::max(greatest, point.*value);
    }
  }
  OCTET_CHECK(least <= greatest, "a plot has at least one point");
  return {axis, least, greatest, from, to};
}

std::string text_at(double x, double y, const char* anchor, const std::string& text) {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\">{}</text>\n", x, y, anchor,
                     text);
}

std::string line(const char* kind, double x1, double y1, double x2, double y2) {
  return fmt::format("<path class=\"{}\" d=\"M{:.1f} {:.1f}L{:.1f} {:.1f}\"/>\n", kind, x1, y1, x2,
                     y2);
}

std::string axes(const Plot& plot, const Scale& x, const Scale& y) {
  std::string drawn;
  for (const double tick : y.ticks()) {
    drawn += line("grid", left, y.at(tick), right, y.at(tick));
    drawn += text_at(left - 8, y.at(tick) + 4, "end", plot.y.text(tick));
  }
  for (const double tick : x.ticks()) {
    drawn += line("grid", x.at(tick), top, x.at(tick), bottom);
    drawn += text_at(x.at(tick), bottom + 16, "middle", plot.x.text(tick));
  }
  drawn += text_at(left - 8, top - 12, "start", plot.y.label);
  drawn += text_at((left + right) / 2, bottom + 34, "middle", plot.x.label);
  return drawn;
}

/// Around (0, 0). Lines that lie on each other can still be told apart by these.
std::string mark(std::size_t number) {
  static const char* const shapes[] = {
      "M-4-4h8v8h-8z", "M0-5.5L5.5 4.5h-11z", "M0-5.5L5 0 0 5.5-5 0z",
      "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z", "M0 5.5L5.5-4.5h-11z"};
  return shapes[number % std::size(shapes)];
}

std::string drawn(const Series& series, std::size_t number, const Plot& plot, const Scale& x,
                  const Scale& y) {
  std::string path;
  std::string marks;
  for (const Series::Point& point : series.points) {
    path += fmt::format("{}{:.1f} {:.1f}", path.empty() ? "M" : "L", x.at(point.x), y.at(point.y));
    marks += fmt::format(
        "<path class=\"mark\" d=\"{}\" transform=\"translate({:.1f} {:.1f})\"><title>{}, {} {}: "
        "{}</title></path>\n",
        mark(number), x.at(point.x), y.at(point.y), series.name, plot.x.text(point.x), plot.x.label,
        plot.y.text(point.y));
  }
  if (series.is_bound) return fmt::format("<path class=\"bound\" d=\"{}\"/>\n", path);
  return fmt::format("<g class=\"series s{}\"><path class=\"line\" d=\"{}\"/>\n{}</g>\n", number,
                     path, marks);
}

/// The names at the right ends, moved apart where lines end near each other.
std::string names(const Plot& plot, const Scale& x, const Scale& y) {
  struct Name {
    const Series* series;
    std::size_t number;
    double end;
    double place;
  };
  std::vector<Name> names;
  for (std::size_t i = 0; i < plot.series.size(); ++i) {
    const double end = y.at(plot.series[i].points.back().y);
    names.push_back({&plot.series[i], i, end, end});
  }
  std::ranges::stable_sort(names, {}, &Name::end);
  double lowest = bottom - label_step * static_cast<double>(names.size() - 1);
  double next = top;
  for (Name& name : names) {
    name.place = std::clamp(name.end, next, std::max(next, lowest));
    next = name.place + label_step;
    lowest += label_step;
  }
  std::string drawn;
  for (const Name& name : names) {
    const double end = x.at(name.series->points.back().x);
    drawn += line("leader", end + 8, name.end, right + 14, name.place);
    drawn +=
        fmt::format("<g class=\"name {}{}\">{}</g>\n", name.series->is_bound ? "b" : "s",
                    name.number, text_at(right + 18, name.place + 4, "start", name.series->name));
  }
  return drawn;
}

}  // namespace

std::string svg(const Plot& plot) {
  const Scale x = scale_of(plot.x, plot.series, &Series::Point::x, left, right);
  const Scale y = scale_of(plot.y, plot.series, &Series::Point::y, bottom, top);
  std::string all = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" role=\"img\" "
      "aria-label=\"{}\">\n",
      width, height, plot.title);
  all += axes(plot, x, y);
  for (std::size_t i = 0; i < plot.series.size(); ++i) {
    all += drawn(plot.series[i], i, plot, x, y);
  }
  return all + names(plot, x, y) + "</svg>\n";
}

std::string plot_style() {
  return R"(:root { color-scheme: light dark; --paper: #fff; --ink: #1b1f24; --faint: #5c6670; --grid: #e3e7eb;
  --c0: #c2410c; --c1: #0369a1; --c2: #047857; --c3: #7e22ce; --c4: #a16207; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #14181d; --ink: #e8ebee; --faint: #9aa5b1; --grid: #2b333c;
    --c0: #fb923c; --c1: #38bdf8; --c2: #34d399; --c3: #c084fc; --c4: #facc15; }
}
svg { width: 100%; height: auto; display: block; font: 12px system-ui, sans-serif; }
svg text { fill: var(--faint); }
.grid { stroke: var(--grid); }
.leader { stroke: var(--grid); fill: none; }
.line { fill: none; stroke: currentColor; stroke-width: 2; }
.bound { fill: none; stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 2 4; }
.bar { fill: currentColor; opacity: .8; }
.range { fill: none; stroke: var(--ink); stroke-width: 1.5; }
.mark { fill: currentColor; stroke: var(--paper); stroke-width: 1.5; }
.name text { fill: currentColor; font-weight: 600; }
.s0 { color: var(--c0); } .s1 { color: var(--c1); } .s2 { color: var(--c2); }
.s3 { color: var(--c3); } .s4 { color: var(--c4); }
)";
}

}  // namespace octet::bench

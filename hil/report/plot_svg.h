// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace jh {

struct PlotSeries {
    std::string name;
    std::vector<double> y;  ///< one for each x of the plot
    bool strong{};          ///< the line that the plot is about
    bool dots{};            ///< values of their own, between which nothing is known
};

/// Lines or dots over one common x.
struct Plot {
    std::string title;
    std::string xTitle, yTitle;  ///< with the unit: "time, s"
    std::vector<double> x;
    std::vector<PlotSeries> series;
};

/// Marks of an axis: multiples of 1, 2 or 5 times a power of ten that enclose or lie within the
/// range, about `wanted` of them.
std::vector<double> niceTicks(double least, double most, int wanted);

/// A standalone SVG. Lines differ by dashes and strength as well as by colour, so that they can be
/// told apart in grey.
std::string svgText(const Plot& plot);

}  // namespace jh

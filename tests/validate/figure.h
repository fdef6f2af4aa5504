// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "hil/report/plot_svg.h"

namespace jh::validate {

/// How far a figure may lie from what was expected.
struct Tolerance {
    double size{};
    bool relative{};
};
constexpr Tolerance within(double size) {
    return {size, false};
}
constexpr Tolerance share(double size) {
    return {size, true};
}

/// In what a figure is given: its unit, digits after the point as expected, and tolerance.
struct Measure {
    std::string unit;
    int digits{};
    Tolerance tolerance;
};

inline constexpr double unbounded = std::numeric_limits<double>::infinity();

/// One figure of the simulator beside the one it ought to be.
struct Figure {
    std::string row, column;  ///< what it is; only a table of several columns names the second
    Measure measure;
    std::optional<double> expected;  ///< none: the bounds alone say what is right
    double low{-unbounded}, high{unbounded};
    double got{};
    /// Why it is known to lie outside; a figure that then does not is as wrong as one that does.
    std::string deviation;

    bool met() const { return got >= low && got <= high; }
    bool asSaid() const { return met() == deviation.empty(); }
    std::string name() const { return column.empty() ? row : row + ", " + column; }
    Figure& deviates(std::string why) {
        deviation = std::move(why);
        return *this;
    }
};

/// A picture beside a table; `file` is its name without a folder.
struct Chart {
    std::string file;
    Plot plot;
};

/// Figures that belong together, all from one source.
struct Table {
    std::string title, titleZh;
    std::string source;  ///< where the expected figures come from
    Measure measure;     ///< of all figures that do not say otherwise
    std::string note;
    std::vector<Figure> figures;
    std::vector<Chart> charts;

    Figure& add(std::string row, double expected, double got) {
        return add(std::move(row), expected, got, measure);
    }
    Figure& add(std::string row, double expected, double got, const Measure& as);
    /// One cell of a table of several columns; figures of one row follow each other.
    Figure& cell(std::string row, std::string column, double expected, double got);
    /// Right anywhere between two bounds.
    Figure& between(std::string row, double low, double high, double got);
    Figure& atMost(std::string row, double high, double got);
};

/// What the sources tell and the simulator has nothing to compare with.
struct Missing {
    std::string what, why;
};

struct Chapter {
    std::string title, titleZh;
    std::string intro;
    std::vector<Table> tables;
    std::vector<Missing> missing;

    std::size_t figures() const;
    std::size_t met() const;
    std::size_t deviations() const;  ///< outside and said so
    std::size_t wrong() const;       ///< outside without a word, or said to be and is not
};

}  // namespace jh::validate

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/validate/figure.h"

#include <algorithm>
#include <cmath>

namespace jh::validate {

namespace {

template <class Predicate>
std::size_t countOf(const Chapter& chapter, Predicate predicate) {
    std::size_t count = 0;
    for (const Table& table : chapter.tables) {
        count += static_cast<std::size_t>(
            std::count_if(table.figures.begin(), table.figures.end(), predicate));
    }
    return count;
}

}  // namespace

Figure& Table::add(std::string row, double expected, double got, const Measure& as) {
    const double room =
        as.tolerance.relative ? as.tolerance.size * std::fabs(expected) : as.tolerance.size;
    figures.push_back(
        {std::move(row), {}, as, expected, expected - room, expected + room, got, {}});
    return figures.back();
}

Figure& Table::cell(std::string row, std::string column, double expected, double got) {
    Figure& figure = add(std::move(row), expected, got);
    figure.column = std::move(column);
    return figure;
}

Figure& Table::between(std::string row, double low, double high, double got) {
    figures.push_back({std::move(row), {}, measure, {}, low, high, got, {}});
    return figures.back();
}

Figure& Table::atMost(std::string row, double high, double got) {
    return between(std::move(row), -unbounded, high, got);
}

std::size_t Chapter::figures() const {
    return countOf(*this, [](const Figure&) { return true; });
}

std::size_t Chapter::met() const {
    return countOf(*this, [](const Figure& f) { return f.met(); });
}

std::size_t Chapter::deviations() const {
    return countOf(*this, [](const Figure& f) { return !f.met() && f.asSaid(); });
}

std::size_t Chapter::wrong() const {
    return countOf(*this, [](const Figure& f) { return !f.asSaid(); });
}

}  // namespace jh::validate

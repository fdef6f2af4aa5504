// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/report/plot_svg.h
#include <boost/test/unit_test.hpp>

#include "hil/report/plot_svg.h"

using namespace jh;

BOOST_AUTO_TEST_SUITE(plot_svg)

BOOST_AUTO_TEST_CASE(ticks_are_round_numbers_within_the_range) {
    const auto same = [](const std::vector<double>& got, const std::vector<double>& wanted) {
        BOOST_TEST(got == wanted, boost::test_tools::per_element());
    };
    same(niceTicks(0, 60, 6), {0, 10, 20, 30, 40, 50, 60});
    same(niceTicks(-150, 49'900, 8),
         {0, 5'000, 10'000, 15'000, 20'000, 25'000, 30'000, 35'000, 40'000, 45'000});
    same(niceTicks(0.1, 0.9, 4), {0.2, 0.4, 0.6000000000000001, 0.8});
    same(niceTicks(3, 3, 5), {3});
}

BOOST_AUTO_TEST_CASE(lines_differ_without_colour_and_names_are_escaped) {
    Plot plot{"a < b & c", "time, s", "kg", {0, 1, 2}, {}};
    for (int i = 0; i < 7; ++i) plot.series.push_back({"line", {1.0 * i, 2, 3}, false});
    plot.series.push_back({"sum", {7, 8, 9}, true});
    const std::string svg = svgText(plot);
    BOOST_TEST(svg.find("a &lt; b &amp; c") != std::string::npos);
    std::size_t dashes = 0;
    for (std::size_t at = 0; (at = svg.find("stroke-dasharray", at)) != std::string::npos; ++at) {
        ++dashes;
    }
    BOOST_TEST(dashes == 12u);  // six of the seven, in line and legend
    BOOST_TEST(svg == svgText(plot));
}

BOOST_AUTO_TEST_CASE(dots_have_no_line_between_them) {
    const Plot plot{"t", "x", "y", {0, 1, 2}, {{"B - A", {0, -20, 0}, true, true}}};
    const std::string svg = svgText(plot);
    BOOST_TEST(svg.find("<polyline") == std::string::npos);
    std::size_t dots = 0;
    for (std::size_t at = 0; (at = svg.find("<circle", at)) != std::string::npos; ++at) ++dots;
    BOOST_TEST(dots == 3u);
}

BOOST_AUTO_TEST_CASE(long_lines_keep_their_peaks) {
    Plot plot{"t", "x", "y", {}, {{"line", {}, false}}};
    for (int i = 0; i < 100'000; ++i) {
        plot.x.push_back(i);
        plot.series[0].y.push_back(i == 54'321 ? 100.0 : 0.0);
    }
    const std::string svg = svgText(plot);
    BOOST_TEST(svg.size() < 100'000u);
    BOOST_TEST(svg.find(",56.0 ") != std::string::npos);  // the upper edge of the field
}

BOOST_AUTO_TEST_CASE(nothing_to_plot_is_a_plot_too) {
    BOOST_TEST(svgText({}).find("</svg>") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

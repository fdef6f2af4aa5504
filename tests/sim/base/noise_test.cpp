// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for sim/base/noise.h
#include "sim/base/noise.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

using namespace jh;

namespace {

constexpr int draws = 200000;
// Five standard errors of each moment for this many draws; the seed is fixed.
constexpr double meanError = 5.0 / 447.0, varianceError = 7.1 / 447.0, fourthError = 0.12;

}  // namespace

BOOST_AUTO_TEST_SUITE(noise)

BOOST_AUTO_TEST_CASE(gaussian_has_its_moments) {
    NoiseStream stream{1, "moments"};
    double m1 = 0.0, m2 = 0.0, m3 = 0.0, m4 = 0.0;
    for (int i = 0; i < draws; ++i) {
        const double x = stream.gaussian();
        m1 += x / draws;
        m2 += x * x / draws;
        m3 += x * x * x / draws;
        m4 += x * x * x * x / draws;
    }
    BOOST_TEST(std::fabs(m1) < meanError);
    BOOST_TEST(std::fabs(m2 - 1.0) < varianceError);
    BOOST_TEST(std::fabs(m3) < fourthError);
    BOOST_TEST(std::fabs(m4 - 3.0) < fourthError);
}

BOOST_AUTO_TEST_CASE(uniform_fills_its_range) {
    NoiseStream stream{1, "range"};
    double least = 1.0, most = 0.0, mean = 0.0;
    for (int i = 0; i < draws; ++i) {
        const double x = stream.uniform();
        BOOST_TEST_REQUIRE((x >= 0.0 && x < 1.0));
        least = std::min(least, x);
        most = std::max(most, x);
        mean += x / draws;
    }
    BOOST_TEST(least < 1e-3);
    BOOST_TEST(most > 0.999);
    BOOST_TEST(std::fabs(mean - 0.5) < meanError);
}

BOOST_AUTO_TEST_CASE(streams_of_other_names_or_seeds_are_independent) {
    for (const auto& [seed, name] : {std::pair{1ULL, "cell 1R"}, std::pair{2ULL, "cell 1L"}}) {
        NoiseStream a{1, "cell 1L"}, b{seed, name};
        double product = 0.0;
        for (int i = 0; i < draws; ++i) product += a.gaussian() * b.gaussian() / draws;
        BOOST_TEST(std::fabs(product) < meanError);
    }
}

BOOST_AUTO_TEST_CASE(first_values_never_change) {
    // Golden: every stored result of the program hangs on them.
    NoiseStream stream{42, "golden"};
    BOOST_TEST(stream.bits() == 16936527988157281098u);
    BOOST_TEST(stream.bits() == 5141264012150730738u);
    BOOST_TEST(stream.uniform() == 0.71075311456098778);
    BOOST_TEST(stream.gaussian() == -0.55753220345566035);
}

BOOST_AUTO_TEST_CASE(a_copy_goes_on_like_the_original) {
    NoiseStream stream{5, "copy"};
    stream.gaussian();
    NoiseStream copy = stream;
    Hash a, b;
    stream.hashInto(a);
    copy.hashInto(b);
    BOOST_TEST(a.value() == b.value());
    for (int i = 0; i < 5; ++i) BOOST_TEST(stream.gaussian() == copy.gaussian());
}

BOOST_AUTO_TEST_SUITE_END()

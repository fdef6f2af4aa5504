// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for sim/base/portable_math.h
#include "sim/base/portable_math.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>

using namespace jh;

namespace {

constexpr int grid = 100000;
// Horner's rule in double with an argument reduction; a physical result needs 1e-9.
constexpr double mostUlp = 4.0;

double ulpsOff(double got, long double exact) {
    const double size = std::fabs(static_cast<double>(exact));
    const long double ulp =
        static_cast<long double>(std::nextafter(size, 1e300)) - static_cast<long double>(size);
    return static_cast<double>(std::fabs(static_cast<long double>(got) - exact) / ulp);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(portable_math)

BOOST_AUTO_TEST_CASE(exp_agrees_with_the_library) {
    double worst = 0.0;
    for (int i = 0; i <= grid; ++i) {
        for (const double x : {-30.0 + 35.0 * i / grid, -700.0 + 1400.0 * i / grid}) {
            worst = std::max(worst, ulpsOff(portableExp(x), std::exp(static_cast<long double>(x))));
        }
    }
    BOOST_TEST_MESSAGE("exp is off by " << worst << " ulp");
    BOOST_TEST(worst < mostUlp);
    BOOST_TEST(portableExp(0.0) == 1.0);
}

BOOST_AUTO_TEST_CASE(log_agrees_with_the_library) {
    double worst = 0.0;
    for (int i = 0; i < grid; ++i) {
        for (const double x : {(i + 0.5) / grid, 1.0 + (i + 0.5) / grid, 1e-9 * (i + 1.0)}) {
            worst = std::max(worst, ulpsOff(portableLog(x), std::log(static_cast<long double>(x))));
        }
    }
    BOOST_TEST_MESSAGE("log is off by " << worst << " ulp");
    BOOST_TEST(worst < mostUlp);
    BOOST_TEST(portableLog(1.0) == 0.0);
}

BOOST_AUTO_TEST_CASE(sin_pi_agrees_with_the_library) {
    constexpr long double pi = 3.14159265358979323846264338327950288L;
    double worst = 0.0;
    for (int i = 1; i <= grid; ++i) {
        const double x = 0.5 * i / grid;
        worst = std::max(worst, ulpsOff(sinPi(x), std::sin(pi * static_cast<long double>(x))));
    }
    BOOST_TEST_MESSAGE("sinPi is off by " << worst << " ulp");
    BOOST_TEST(worst < mostUlp);
}

BOOST_AUTO_TEST_CASE(sin_pi_is_exact_where_it_counts_and_periodic) {
    for (const double x : {-3.0, -1.0, 0.0, 1.0, 2.0, 7.0}) BOOST_TEST(sinPi(x) == 0.0);
    BOOST_TEST(std::fabs(sinPi(0.5) - 1.0) < 1e-15);
    BOOST_TEST(sinPi(0.3125) == sinPi(2.3125));
    BOOST_TEST(sinPi(-0.3125) == -sinPi(0.3125));
    BOOST_TEST(sinPi(0.6875) == sinPi(0.3125));
}

BOOST_AUTO_TEST_CASE(cos_pi_agrees_with_the_library) {
    constexpr long double pi = 3.14159265358979323846264338327950288L;
    double worst = 0.0;
    for (int i = 1; i < grid; ++i) {
        const double x = 0.5 * i / grid;
        // The library's cosine is no better than its argument near its zero at 1/2.
        const long double fromZero = pi * (0.5L - static_cast<long double>(x));
        worst = std::max(worst, ulpsOff(cosPi(x), std::sin(fromZero)));
    }
    BOOST_TEST_MESSAGE("cosPi is off by " << worst << " ulp");
    BOOST_TEST(worst < mostUlp);
    for (const double x : {-2.5, -0.5, 0.5, 1.5, 7.5}) BOOST_TEST(cosPi(x) == 0.0);
    for (const double x : {-2.0, 0.0, 4.0}) BOOST_TEST(std::fabs(cosPi(x) - 1.0) < 1e-15);
    BOOST_TEST(std::fabs(cosPi(1.0) + 1.0) < 1e-15);
    BOOST_TEST(cosPi(0.3125) == cosPi(-0.3125));
    BOOST_TEST(cosPi(0.3125) == cosPi(2.3125));
}

BOOST_AUTO_TEST_CASE(powers_agree_with_the_library) {
    double worst = 0.0;
    for (int i = 1; i <= grid; ++i) {
        for (const double p : {-5.0 / 3.0, -1.0 / 3.0, 0.382, 5.0 / 6.0, 4.0 / 3.0}) {
            const double x = 1e-3 + 20.0 * i / grid;
            const long double exact = std::pow(static_cast<long double>(x), p);
            worst = std::max(
                worst, ulpsOff(portablePow(x, p), exact) / (1.0 + std::fabs(p * std::log(x))));
        }
    }
    BOOST_TEST_MESSAGE("portablePow is off by " << worst << " (1 + |p ln x|) ulp");
    BOOST_TEST(worst < mostUlp);
}

BOOST_AUTO_TEST_SUITE_END()

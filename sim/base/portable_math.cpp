// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/base/portable_math.h"

#include <array>
#include <cmath>

#include "sim/base/check.h"

namespace jh {

namespace {

// 1/n!, made at compile time: n! is exact up to 22!.
constexpr auto inverseFactorial = [] {
    std::array<double, 23> table{1.0};
    double product = 1.0;
    for (std::size_t n = 1; n < table.size(); ++n) {
        product *= static_cast<double>(n);
        table[n] = 1.0 / product;
    }
    return table;
}();

}  // namespace

double portableExp(double x) {
    JH_CHECK(x >= -700.0 && x <= 700.0);
    // x = k ln2 + r with |r| <= ln2 / 2; ln2 in two parts, the first with trailing zero bits.
    constexpr double ln2High = 0x1.62e42feep-1, ln2Low = 0x1.a39ef35793c76p-33;
    const double k = std::floor(x / (ln2High + ln2Low) + 0.5);
    const double r = (x - k * ln2High) - k * ln2Low;
    // Taylor series by Horner; the term r^17/17! is below 1e-22.
    double sum = 1.0;
    for (int n = 17; n >= 1; --n) sum = 1.0 + sum * r / n;
    return std::ldexp(sum, static_cast<int>(k));
}

double portableLog(double x) {
    JH_CHECK(x > 0.0);
    // x = m 2^k with m in [sqrt(1/2), sqrt(2)); log m = 2 atanh((m-1)/(m+1)).
    int k = 0;
    double m = std::frexp(x, &k);
    if (m < 0.70710678118654752) {
        m *= 2.0;
        --k;
    }
    const double s = (m - 1.0) / (m + 1.0), s2 = s * s;
    double sum = 0.0;
    for (int n = 23; n >= 3; n -= 2) sum = (sum + 1.0 / n) * s2;
    constexpr double ln2High = 0x1.62e42feep-1, ln2Low = 0x1.a39ef35793c76p-33;
    return k * ln2High + (2.0 * s + (2.0 * s * sum + k * ln2Low));
}

double sinPi(double x) {
    // Fold onto [-1/2, 1/2], where the Taylor series up to (pi x)^21 is exact to the last bit.
    double r = x - 2.0 * std::floor(x / 2.0 + 0.5);
    if (r > 0.5) r = 1.0 - r;
    if (r < -0.5) r = -1.0 - r;
    const double a = r * 3.14159265358979323846, a2 = a * a, a4 = a2 * a2;
    // Terms a^3 to a^21 in two chains, which the CPU works on side by side: the deck asks for
    // this several times a step.
    const auto& c = inverseFactorial;
    const double even = (((c[21] * a4 + c[17]) * a4 + c[13]) * a4 + c[9]) * a4 + c[5];
    const double odd = (((c[19] * a4 + c[15]) * a4 + c[11]) * a4 + c[7]) * a4 + c[3];
    return a + a * a2 * (even * a2 - odd);
}

double cosPi(double x) {
    // Folded onto [-1, 1]; near the zeros at +-1/2 the difference is exact.
    const double r = x - 2.0 * std::floor(x / 2.0 + 0.5);
    return sinPi(0.5 - std::fabs(r));
}

double portablePow(double x, double p) {
    return portableExp(p * portableLog(x));
}

}  // namespace jh

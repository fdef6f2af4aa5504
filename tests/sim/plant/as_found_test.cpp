// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for sim/fault/as_found.h: what the plant shows, not what was drawn.
#include "sim/fault/as_found.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>

#include "sim/plant/plant.h"
#include "tests/sim/plant/reference_scale.h"

namespace jh::test {

namespace {

constexpr SimTime window = 100ms;

/// Error at 10 t over the middle of the middle module, of a scale that was right before.
double error_kg(const ScaleModel& scale, std::uint64_t seed, const std::vector<Fault>& faults) {
    SiteModel site;
    site.gravity = standardGravity;
    Plant sound{scale, site, seed}, found{scale, site, seed, faults};
    found.happened(FaultStart::after_adjustment);
    double sign = -1.0, sum = 0.0;
    for (Plant* plant : {&sound, &found}) {
        for (int i = 0; i < 20; ++i) plant->convert(window);
        const double zero = plant->convert(window).si();
        const std::vector<Weight> load{{Length{9.0}, Length{}, Mass{10'000}}};
        plant->setDown(load, plant->now(), 2s);
        double value = 0.0;
        for (int i = 0; i < 100; ++i) value = plant->convert(window).si();
        sum += sign * (value - zero);
        sign = 1.0;
    }
    return sum * 240'000.0 / 2e-3;
}

/// Distribution function of the two-normal mixture.
double expectedShareBelow(double kg, const AsFoundPopulation& p) {
    const auto normal = [kg](Mass spread) {
        return 0.5 * std::erfc(-kg / spread.si() / std::sqrt(2.0));
    };
    return (1.0 - p.brokenShare) * normal(p.driftedSpread) + p.brokenShare * normal(p.brokenSpread);
}

double kolmogorovSmirnov(std::vector<double> values, const AsFoundPopulation& p) {
    std::sort(values.begin(), values.end());
    double worst = 0.0;
    const auto n = static_cast<double>(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double expected = expectedShareBelow(values[i], p), below = static_cast<double>(i);
        worst =
            std::max({worst, std::abs(expected - below / n), std::abs(expected - (below + 1) / n)});
    }
    return worst;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(as_found)

BOOST_AUTO_TEST_CASE(errors_at_10_t_follow_the_service_records) {
    struct Row {
        AsFoundPopulation population;
        double twoSigma_kg, beyond60Lb;
    };
    // The maker's records: two sigma 214 and 78 kg, 28 and 8 % out of tolerance (60 lb assumed).
    for (const Row& row : {Row{analogAsFound(), 214.0, 0.28}, Row{digitalAsFound(), 78.0, 0.08}}) {
        std::vector<double> errors;
        double square = 0.0;
        int beyond = 0;
        constexpr int scales = 2000;
        for (std::uint64_t seed = 1000; seed < 1000 + scales; ++seed) {
            NoiseStream luck{seed, "as found"};
            const ScaleModel scale = referenceScale();
            errors.push_back(error_kg(scale, seed, drawAsFound(scale, row.population, luck)));
            square += errors.back() * errors.back();
            if (std::abs(errors.back()) > 60 * 0.45359237) ++beyond;
        }
        const double distance = kolmogorovSmirnov(errors, row.population);
        BOOST_TEST_MESSAGE("Kolmogorov-Smirnov " << distance << ", two sigma "
                                                 << 2.0 * std::sqrt(square / scales) << " kg, "
                                                 << 100.0 * beyond / scales << " % beyond 60 lb");
        BOOST_TEST(distance < 0.05);
        BOOST_TEST(2.0 * std::sqrt(square / scales) == row.twoSigma_kg,
                   boost::test_tools::tolerance(0.25));
        BOOST_TEST(std::abs(static_cast<double>(beyond) / scales - row.beyond60Lb) < 0.03);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jh::test

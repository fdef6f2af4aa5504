// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for sim/fault/as_found.h: what the plant shows, not what was drawn.
#include "sim/fault/as_found.h"

#include <boost/test/unit_test.hpp>

#include <cmath>

#include "tests/sim/plant/reference_scale.h"
#include "tests/support/as_found.h"

namespace jh::test {

BOOST_AUTO_TEST_SUITE(as_found)

BOOST_AUTO_TEST_CASE(errors_at_10_t_follow_the_service_records) {
    struct Row {
        AsFoundPopulation population;
        double twoSigma_kg, beyond60Lb;
    };
    // The maker's records: two sigma 214 and 78 kg, 28 and 8 % out of tolerance (60 lb assumed).
    for (const Row& row : {Row{analogAsFound(), 214.0, 0.28}, Row{digitalAsFound(), 78.0, 0.08}}) {
        constexpr int scales = 2000;
        const std::vector<double> errors =
            errorsAsFound_kg(referenceScale(), row.population, scales);
        double square = 0.0;
        int beyond = 0;
        for (const double error : errors) {
            square += error * error;
            if (std::abs(error) > 60 * 0.45359237) ++beyond;
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

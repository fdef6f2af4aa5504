// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/indicator/source_calibration.h
#include "hil/indicator/source_calibration.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "hil/indicator/simulated_source.h"
#include "hil/scenario/load.h"

using namespace jh;

namespace {

constexpr double mV = 1e-3;
/// Of doubles of the size of 1 mV/V that were added some ten times.
constexpr double rounding = 1e-17;

void near(double found, double expected, double by) {
    BOOST_TEST(std::abs(found - expected) <= by, found << " is not " << expected);
}

CalibrationPoint point(double asked_mV_V, double read_mV_V) {
    return {BridgeRatio{asked_mV_V * mV}, BridgeRatio{read_mV_V * mV}};
}

SourceProfile shippedSource() {
    return loadSignalSource(dataFolder() / "sources" / "bridge-simulator-24bit.yaml").value();
}

/// The source's answer to a register, and what comes out of it then.
BridgeRatio driven(SimulatedSource& source, const SourceProfile& profile, std::int64_t steps) {
    BOOST_TEST_REQUIRE((source.write(ModbusTable::holdingRegisters, profile.output.address,
                                     sourceWords(profile, steps)) == ModbusException::none));
    return source.output();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(source_calibration)

BOOST_AUTO_TEST_CASE(a_straight_line_is_found_and_leaves_nothing) {
    const auto found =
        fitCalibration({point(0, 0.001), point(1, 1.0012), point(2, 2.0014)}, 0.0).value();
    near(found.offset.si(), 0.001 * mV, rounding);
    near(found.gainError, 200e-6, 1e-12);
    near(found.scatter.si(), 0.0, rounding);
    near(found.gainUncertainty, 0.0, 1e-13);
    BOOST_TEST(found.hysteresis.si() == 0.0);
}

// By hand, in mV/V: 0, 1, 2, 3 read 1, -1, -1, 1 thousandths more. Mean of the differences 0, of
// the points 1.5; sum of x2 = 2.25 + 0.25 + 0.25 + 2.25 = 5; sum of x d = -1.5 + 0.5 - 0.5 + 1.5 =
// 0. So the line is exact and the residuals are the differences: s2 = 4 / (4 - 2) = 2 thousandths2.
BOOST_AUTO_TEST_CASE(scatter_becomes_uncertainty_by_closed_forms) {
    const auto found =
        fitCalibration({point(0, 0.001), point(1, 0.999), point(2, 1.999), point(3, 3.001)}, 0.0)
            .value();
    near(found.gainError, 0.0, 1e-12);
    near(found.offset.si(), 0.0, rounding);
    near(found.residuals[0].si(), 0.001 * mV, rounding);
    near(found.residuals[1].si(), -0.001 * mV, rounding);
    near(found.scatter.si(), std::sqrt(2.0) * 0.001 * mV, rounding);
    near(found.gainUncertainty, std::sqrt(2.0 / 5.0) * 0.001, 1e-12);
    // s2 (1/n + mean2 / Sxx) = 2 (0.25 + 2.25 / 5) = 1.4
    near(found.offsetUncertainty.si(), std::sqrt(1.4) * 0.001 * mV, rounding);
}

// By hand: a line without scatter, 1 % too much and 0.1 mV/V of offset, read with 100 ppm.
BOOST_AUTO_TEST_CASE(the_reference_errs_at_all_points_alike) {
    const auto found =
        fitCalibration({point(0, 0.1), point(1, 1.11), point(2, 2.12)}, 100e-6).value();
    near(found.gainUncertainty, 1.01 * 100e-6, 1e-12);
    near(found.offsetUncertainty.si(), 0.1 * mV * 100e-6, rounding);
}

BOOST_AUTO_TEST_CASE(scatter_and_reference_add_up_as_squares) {
    const std::vector<CalibrationPoint> points{point(0, 0.001), point(1, 0.999), point(2, 1.999),
                                               point(3, 3.001)};
    const double scatter = fitCalibration(points, 0.0).value().gainUncertainty;
    near(fitCalibration(points, 300e-6).value().gainUncertainty, std::hypot(scatter, 300e-6), 1e-9);
}

BOOST_AUTO_TEST_CASE(hysteresis_is_down_less_up) {
    const auto found =
        fitCalibration({point(0, 0), point(1, 1), point(2, 2), point(1, 0.9997), point(0, 0.0001)},
                       0.0)
            .value();
    near(found.hysteresis.si(), -0.0003 * mV, rounding);
}

BOOST_AUTO_TEST_CASE(a_line_takes_three_readings_of_two_values) {
    BOOST_TEST(!fitCalibration({point(0, 0), point(1, 1)}, 0.0).has_value());
    BOOST_TEST(!fitCalibration({point(1, 1), point(1, 1), point(1, 1)}, 0.0).has_value());
}

BOOST_AUTO_TEST_CASE(points_go_up_and_down_again) {
    SourceProfile profile;
    profile.least = BridgeRatio{-1 * mV};
    profile.most = BridgeRatio{2 * mV};
    profile.step = BridgeRatio{1e-6};
    const std::vector<std::int64_t> expected{-1000, 0, 1000, 2000, 1000, 0, -1000};
    BOOST_TEST(calibrationSteps(profile, 4) == expected);
}

BOOST_AUTO_TEST_CASE(settled_is_from_when_on_nothing_moves) {
    const auto at = [](int ms, double read_mV_V) {
        return SettlingSample{SimTime{std::chrono::milliseconds{ms}}, BridgeRatio{read_mV_V * mV}};
    };
    const BridgeRatio tolerance{0.001 * mV};
    // It overshoots: what was within at 2 ms is no rest.
    const std::vector<SettlingSample> rest{at(1, 0.5), at(2, 1.0), at(3, 1.1), at(4, 1.0005),
                                           at(10, 1.0)};
    BOOST_CHECK(settlingTime(rest, tolerance) == SimTime{4ms});
    BOOST_TEST(!settlingTime({at(1, 0.0), at(9, 0.9), at(10, 1.0)}, tolerance).has_value());
    BOOST_TEST(!settlingTime({}, tolerance).has_value());
}

BOOST_AUTO_TEST_CASE(a_wrong_source_is_right_within_a_step_with_what_was_found) {
    const SourceProfile plain = shippedSource();
    SourceProfile wrong = plain;
    wrong.offset = BridgeRatio{0.0006 * mV};
    wrong.gainError = 200e-6;
    wrong.settling = {};
    SimulatedSource source{wrong, [] { return SimTime{}; }};

    std::vector<CalibrationPoint> points;
    for (const std::int64_t steps : calibrationSteps(plain, 11)) {
        points.push_back({static_cast<double>(steps) * plain.step, driven(source, plain, steps)});
    }
    const auto found = fitCalibration(points, 0.0).value();
    near(found.offset.si(), wrong.offset.si(), 1e-15);
    near(found.gainError, wrong.gainError, 1e-12);

    SourceProfile calibrated = plain;
    calibrated.offset = found.offset;
    calibrated.gainError = found.gainError;
    for (const double wanted : {-0.1e-3, 0.0, 0.7654321e-3, 2.9e-3}) {
        const BridgeRatio wantedRatio{wanted};
        // Without the keys it is off by thousands of steps.
        const BridgeRatio before = driven(source, plain, sourceSteps(plain, wantedRatio));
        BOOST_TEST(std::abs((before - wantedRatio).si()) > 1000.0 * plain.step.si());
        const BridgeRatio after = driven(source, plain, sourceSteps(calibrated, wantedRatio));
        BOOST_TEST(std::abs((after - wantedRatio).si()) <= plain.step.si());
    }
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "hil/procedure/appearance.h"
#include "hil/procedure/bench.h"
#include "hil/procedure/record.h"

namespace jh {

/// Where a test body leaves what it measured. It compares nothing: the runner does.
class Results {
public:
    Results(TestResult& test, std::function<void(const TestResult&)> onMeasurement)
        : test_{test}, onMeasurement_{std::move(onMeasurement)} {}
    void record(Measurement m, std::optional<ExactMass> limit);
    /// Something that fails the test and has no number.
    void finding(const std::string& text) { test_.findings.push_back(text); }
    /// What the test decided before it began.
    void note(const std::string& text) { test_.note = text; }

private:
    TestResult& test_;
    std::function<void(const TestResult&)> onMeasurement_;
};

/// What one test leaves for a later one.
struct Carry {
    std::vector<AppearanceItem> appearance;
    LoadPlan plan;  ///< of the weighing test
    std::optional<ExactMass> repeatabilityRange;
    std::optional<Measurement> zeroReturn;  ///< measured at the end of weighing
    int materialLoads{};                    ///< substitution loads that have been made equal to W
};

using TestBody = void (*)(Bench&, Results&, Carry&);

/// Blocks of the eccentricity test over one support.
int blocksPerSupport(const Bench& bench);

/// Change of the indication without load between two temperatures, for 5 K (R 76-1 3.9.2.3).
Measurement noLoadDrift(const Measurement& now, const Measurement& before, double from_degC,
                        double to_degC);

/// The code behind a test id of a regulation; null when there is none.
TestBody testBody(std::string_view id);

void testIdentity(Bench&, Results&, Carry&);        // identity.cpp, R 76-1 7.1, 8.3
void testZero(Bench&, Results&, Carry&);            // zero.cpp, 4.5.2, A.4.2.3
void testZeroReturn(Bench&, Results&, Carry&);      // time_effects.cpp, 3.9.4.2
void testEccentricity(Bench&, Results&, Carry&);    // eccentricity.cpp, 3.6.2.2, A.4.7.2
void testRepeatability(Bench&, Results&, Carry&);   // repeatability.cpp, 3.6.1, A.4.10
void testWeighing(Bench&, Results&, Carry&);        // weighing.cpp, 3.5.1, A.4.4
void testTare(Bench&, Results&, Carry&);            // tare.cpp, 4.6.3
void testNetWeighing(Bench&, Results&, Carry&);     // tare.cpp, 3.5.3.3
void testDiscrimination(Bench&, Results&, Carry&);  // discrimination.cpp, 3.8.2.2, A.4.8.2
void testRolling(Bench&, Results&, Carry&);         // eccentricity.cpp, 3.6.2.4, A.4.7.4
void testSection(Bench&, Results&, Carry&);         // eccentricity.cpp, HB 44 N.1.3.3, T.N.4.4
void testCreep(Bench&, Results&, Carry&);           // time_effects.cpp, 3.9.4.1, A.4.11
void testWarmUp(Bench&, Results&, Carry&);          // time_effects.cpp, 5.3, A.5.2
void testNoLoadDrift(Bench&, Results&, Carry&);     // time_effects.cpp, 3.9.2.3, A.5.3.2
void testSpanStability(Bench&, Results&, Carry&);   // time_effects.cpp, B.4
void testZeroRange(Bench&, Results&, Carry&);       // zero_setting.cpp, 4.5.1, A.4.2.1
void testZeroTracking(Bench&, Results&, Carry&);    // zero_setting.cpp, 4.5.7
void testTareRange(Bench&, Results&, Carry&);       // zero_setting.cpp, 4.6
void testEquilibrium(Bench&, Results&, Carry&);     // indications.cpp, 4.4.2, A.4.12
void testIntervals(Bench&, Results&, Carry&);       // indications.cpp, 3.3, 3.2
void testOverload(Bench&, Results&, Carry&);        // indications.cpp, 4.2.3
void testAgreement(Bench&, Results&, Carry&);       // indications.cpp, 3.6.3, A.4.5
void testRadio(Bench&, Results&, Carry&);           // indications.cpp, HB 44 N.1.6
void testAdjustment(Bench&, Results&, Carry&);      // adjustment.cpp
void testStrainLoad(Bench&, Results&, Carry&);      // handbook.cpp, HB 44 N.1.12
void testDecreasing(Bench&, Results&, Carry&);      // handbook.cpp, HB 44 N.1.2
void testSense(Bench&, Results&, Carry&);           // module.cpp, C.3.3.2.4
void testTemperature(Bench&, Results&, Carry&);     // module.cpp, A.5.3
void testZeroBalance(Bench&, Results&, Carry&);     // handbook.cpp, HB 44 N.1.9

}  // namespace jh

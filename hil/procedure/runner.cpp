// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/procedure/runner.h"

#include <algorithm>
#include <utility>

#include "hil/procedure/tests.h"
#include "hil/procedure/uncertainty.h"
#include "sim/base/check.h"

namespace jh {

namespace {

/// Everything of the adjustment that needs loads: once to Max, then zero and span with the weights
/// at hand. The truth plays no part in it.
void prepare(Bench& bench) {
    bench.work("set up", bench.weights().setUp);
    // First commissioning: without an adjustment there is no weight value to go by.
    bench.adjustZero();
    const ExactMass w = bench.weights().blocksTotal(), max = bench.scale().max();
    const ExactMass most = std::min(w, max);
    Pieces weights;
    weights.blocks = static_cast<int>(most.wholeParts(bench.weights().block));
    bench.bring(weights);
    bench.adjustSpan(weights.blocks * bench.weights().block);

    // Preload once to Max (R 76-1 A.4.1.10).
    const auto material = static_cast<int>((max - ExactMass::g(1)).wholeParts(w));
    if (const auto pieces = bench.piecesFor(max, material); pieces && material > 0) {
        bench.bring(*pieces);
        // Nothing is made equal to the weights yet: the material may be some hundred kilograms too
        // heavy, and the display dark. What is wrong with the scale shows again without load.
        try {
            bench.settledReading();
        } catch (const ScaleFinding&) {
            bench.work("settle", bench.weights().settle);
        }
    }
    bench.bring({});

    bench.settledReading();
    bench.adjustZero();
    bench.bring(weights);
    bench.settledReading();
    bench.adjustSpan(weights.blocks * bench.weights().block);
    bench.bring({});
    bench.zero();
    bench.seal();
}

/// A scale that others adjusted: exercised once with the weights at hand.
void prepareInService(Bench& bench) {
    bench.bring(bench.allWeights());
    bench.settledReading();
    bench.bring({});
    bench.zero();
}

bool hasFailed(const TestResult& test) {
    return !test.findings.empty() ||
           std::any_of(test.measurements.begin(), test.measurements.end(),
                       [](const Measurement& m) { return m.verdict == Verdict::fail; });
}

/// One test with its teardown: whatever happened, the receptor is empty and untared afterwards.
void runTest(Bench& bench, TestResult& test, Carry& carry, const VerificationListener& listener) {
    Results results{test, listener.onMeasurement};
    test.start = bench.now();
    try {
        const TestBody body = testBody(test.rule.id);
        JH_CHECK(body != nullptr);
        body(bench, results, carry);
        test.verdict = hasFailed(test) ? Verdict::fail : Verdict::pass;
    } catch (const ScaleFinding& finding) {
        test.findings.emplace_back(finding.what());
        test.verdict = Verdict::fail;
    } catch (const TestNotPossible& reason) {
        // What was measured before may still have failed the scale.
        test.verdict = hasFailed(test) ? Verdict::fail : Verdict::not_run;
        test.findings.emplace_back(reason.what());
    }
    bench.clear();
    test.end = bench.now();
}

Verdict overall(const std::vector<TestResult>& tests) {
    const auto any = [&](Verdict verdict) {
        return std::any_of(tests.begin(), tests.end(),
                           [verdict](const TestResult& t) { return t.verdict == verdict; });
    };
    if (any(Verdict::fail)) return Verdict::fail;
    if (any(Verdict::not_run)) return Verdict::invalid;
    return Verdict::pass;
}

}  // namespace

VerificationResult runVerification(const Ports& ports, const VerificationPlan& plan,
                                   const VerificationListener& listener) {
    VerificationResult result;
    result.source = plan.source;
    for (const TestRule& rule : plan.regulation.tests)
        result.tests.push_back({rule, Verdict::not_run, {}, {}, {}, {}});

    Bench bench{ports, plan.scale, plan.regulation, plan.weights, [&](const WorkStep& step) {
                    result.steps.push_back(step);
                    if (listener.onStep) listener.onStep(step);
                }};
    Carry carry;
    carry.appearance = plan.appearance;
    carry.plan = planLoads(plan.scale, plan.regulation, plan.weights, plan.seed);
    TestResult* running = nullptr;
    try {
        if (plan.inService) {
            prepareInService(bench);
        } else {
            prepare(bench);
        }
        if (listener.afterAdjustment) listener.afterAdjustment();
        for (TestResult& test : result.tests) {
            running = &test;
            if (listener.onTestStart) listener.onTestStart(test.rule);
            runTest(bench, test, carry, listener);
            if (listener.onTestEnd) listener.onTestEnd(test);
        }
        addUncertainty(result, plan.scale, plan.regulation, plan.weights);
        result.verdict = overall(result.tests);
    } catch (const BenchFault& fault) {
        const bool stopped = fault.error().kind == IoError::Kind::interrupted;
        result.verdict = stopped ? Verdict::interrupted : Verdict::error;
        result.cause = fault.what();
        if (running != nullptr) {
            running->verdict = result.verdict;
            running->findings.emplace_back(fault.what());
            running->end = bench.now();
        }
    } catch (const TestNotPossible& reason) {
        result.verdict = Verdict::error;
        result.cause = std::string{"set-up: "} + reason.what();
    } catch (const ScaleFinding& finding) {
        // Found before any test could begin.
        result.verdict = Verdict::error;
        result.cause = std::string{plan.inService ? "set-up: " : "adjustment: "} + finding.what();
    }
    result.retries = bench.retries();
    return result;
}

}  // namespace jh

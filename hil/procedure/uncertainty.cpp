// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/procedure/uncertainty.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "hil/procedure/load_plan.h"

namespace jh {

namespace {

const double rootOfThree = std::sqrt(3.0), rootOfTwelve = std::sqrt(12.0);

double squared(Mass m) {
    return m.si() * m.si();
}

/// What an error was found to be, and what it truly was.
struct Found {
    double error_kg{}, true_kg{};
};

/// Of one measurement of a test; the zero before it is taken off in both.
std::optional<Found> foundIn(const TestResult& test, std::size_t index) {
    const Measurement& m = test.measurements[index];
    if (!m.correctedError || !m.truth) return std::nullopt;
    const auto trueError = [](const Measurement& of) {
        return (of.truth->unrounded - of.truth->onDeck).mass().si();
    };
    for (std::size_t i = index; i-- > 0;) {
        const Measurement& zero = test.measurements[i];
        if (zero.kind != MeasurementKind::zeroError || !zero.truth) continue;
        return Found{m.correctedError->mass().si(), trueError(m) - trueError(zero)};
    }
    return std::nullopt;
}

bool hasUncertainty(const Measurement& m) {
    switch (m.kind) {
        case MeasurementKind::support:
        case MeasurementKind::section:
        case MeasurementKind::placement:
        case MeasurementKind::up:
        case MeasurementKind::down:
        case MeasurementKind::substitution:
        case MeasurementKind::net:
        case MeasurementKind::warmUp:
            return m.load.has_value() && m.correctedError.has_value();
        default:
            return false;
    }
}

}  // namespace

ScaleSpread spreadOf(const VerificationResult& result) {
    ScaleSpread spread;
    std::vector<double> placed_kg;
    double eccentric_kg = 0.0, load_kg = 0.0;
    double sum_kg = 0.0;
    for (const TestResult& test : result.tests) {
        for (const Measurement& m : test.measurements) {
            if (m.kind == MeasurementKind::placement && m.value) {
                placed_kg.push_back(m.value->mass().si());
                sum_kg += placed_kg.back();
            }
            if (m.kind != MeasurementKind::support || !m.correctedError) continue;
            // cg-18 measures from the reading in the middle, where a scale is adjusted: Ec there.
            eccentric_kg = std::max(eccentric_kg, m.correctedError->abs().mass().si());
            load_kg = m.load->mass().si();
        }
    }
    if (load_kg > 0.0) spread.eccentric = eccentric_kg / (2.0 * load_kg * rootOfThree);
    if (placed_kg.size() < 2) return spread;
    const double mean_kg = sum_kg / static_cast<double>(placed_kg.size());
    double squares = 0.0;
    for (const double kg : placed_kg) squares += (kg - mean_kg) * (kg - mean_kg);
    spread.repeatability = Mass{std::sqrt(squares / static_cast<double>(placed_kg.size() - 1))};
    return spread;
}

UncertaintyBudget budgetAt(ExactMass load, int substitutions, ExactMass step, ExactMass zeroStep,
                           const ScaleSpread& spread, const WeightsModel& weights,
                           const std::optional<SourceUncertainty>& source) {
    UncertaintyBudget u;
    u.zero = zeroStep.mass() / rootOfTwelve;
    u.indication = step.mass() / rootOfTwelve;
    u.repeatability = spread.repeatability;
    u.eccentricity = load.mass() * spread.eccentric;
    const ExactMass w = weights.blocksTotal();
    const ExactMass rest = load - substitutions * w;
    const auto blocks = static_cast<int>(rest.wholeParts(weights.block));
    const auto byHand = (rest - blocks * weights.block).wholeParts(weights.handWeight);
    const Pieces pieces{blocks, static_cast<int>(byHand), substitutions, 0, std::nullopt};
    u.weights = mpeOfLoad(weights, pieces).mass() / rootOfThree;
    u.buoyancy = u.weights / 4.0;
    u.drift = u.weights;
    const double comparison = squared(spread.repeatability) + squared(u.indication);
    u.substitution = Mass{std::sqrt(2.0 * substitutions * comparison)};
    if (!source) return u;
    u.fromSource = true;
    u.sourceResolution = source->resolution();
    u.sourceGain = load.mass() * source->gain;
    u.sourceDrift = load.mass() * source->drift;
    u.sourceExcitation = load.mass() * source->excitation;
    return u;
}

std::vector<ExactMass> judgedLoads(const VerificationResult& result) {
    std::vector<ExactMass> loads;
    for (const TestResult& test : result.tests) {
        for (const Measurement& m : test.measurements) {
            if (m.budget) loads.push_back(*m.load);
        }
    }
    return loads;
}

std::string tooUncertain(const SourceUncertainty& source, const ScaleModel& scale,
                         const std::vector<ExactMass>& loads) {
    const std::string unit = symbol(scale.unit);
    const auto text = [&scale](Mass mass) { return ExactMass::nearest(mass).text(scale.unit, 2); };
    for (const ExactMass load : loads) {
        const Mass found = source.standardAt(load.mass());
        const Mass limit = scale.intervalAt(load).mass() / 10.0;
        if (found <= limit) continue;
        return fmt::format(
            "the signal source is too uncertain: its standard uncertainty at {} {} is {} {}, more "
            "than 0.1 e = {} {} (resolution {}, gain {}, drift {}, excitation {} {})",
            load.text(scale.unit), unit, text(found), unit, text(limit), unit,
            text(source.resolution()), text(load.mass() * source.gain),
            text(load.mass() * source.drift), text(load.mass() * source.excitation), unit);
    }
    return {};
}

void addUncertainty(VerificationResult& result, const ScaleModel& scale,
                    const Regulation& regulation, const WeightsModel& weights) {
    const ScaleSpread spread = spreadOf(result);
    const ExactMass zeroStep = regulation.smallWeight * scale.firstInterval();
    for (TestResult& test : result.tests) {
        for (Measurement& m : test.measurements) {
            if (!hasUncertainty(m) || *m.load < ExactMass{}) continue;
            // On the way down a multiple range instrument is still in its last range.
            const bool last = scale.multipleRange && m.kind == MeasurementKind::down;
            const ExactMass step =
                regulation.smallWeight * (last ? scale.ranges.back().e : scale.intervalAt(*m.load));
            const UncertaintyBudget budget =
                budgetAt(*m.load, m.substitutions, step, zeroStep, spread, weights, result.source);
            m.uncertainty = ExactMass::nearest(budget.expanded());
            m.budget = budget;
            if (!regulation.guardBand || !m.limit || m.verdict != Verdict::pass) continue;
            if (m.correctedError->abs() + *m.uncertainty <= *m.limit) continue;
            m.verdict = Verdict::fail;
            m.finding = "within the limit by less than its uncertainty";
            if (test.verdict == Verdict::pass) test.verdict = Verdict::fail;
        }
    }
}

void addSimulatedUncertainty(VerificationResult& result,
                             const std::vector<VerificationResult>& visits) {
    for (std::size_t t = 0; t < result.tests.size(); ++t) {
        for (std::size_t i = 0; i < result.tests[t].measurements.size(); ++i) {
            Measurement& m = result.tests[t].measurements[i];
            if (!m.uncertainty) continue;
            std::vector<double> errors_kg;
            double trueSum_kg = 0.0;
            for (const VerificationResult& visit : visits) {
                const TestResult& test = visit.tests[t];
                if (i >= test.measurements.size()) continue;
                const Measurement& same = test.measurements[i];
                if (same.kind != m.kind || same.detail != m.detail) continue;
                const auto found = foundIn(test, i);
                if (!found) continue;
                errors_kg.push_back(found->error_kg);
                trueSum_kg += found->true_kg;
            }
            if (errors_kg.size() < 2) continue;
            const auto n = static_cast<double>(errors_kg.size());
            double squares = 0.0;
            for (const double kg : errors_kg) {
                squares += (kg - trueSum_kg / n) * (kg - trueSum_kg / n);
            }
            m.simulatedUncertainty = ExactMass::nearest(Mass{std::sqrt(squares / n)} * 2.0);
        }
    }
}

}  // namespace jh

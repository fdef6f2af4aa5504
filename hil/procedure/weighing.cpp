// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <utility>

#include "hil/procedure/tests.h"

namespace jh {

namespace {

/// A substitution load that is not equal to W after this many trims will not be.
constexpr int maxTrims = 10;

/// Which weights the measured repeatability asks for (R 76-1 3.7.3); the answer goes on record. Not
/// enough weights is a reason not to begin, and so is what the plan says.
void requireEnoughWeights(const Bench& bench, Results& results, const Carry& carry) {
    const LoadPlan& plan = carry.plan;
    if (!plan.findings.empty()) throw TestNotPossible{plan.findings.front()};
    if (plan.substitutions == 0) return;
    if (!carry.repeatabilityRange) throw TestNotPossible{"repeatability is not known"};
    const std::string range = bench.text(*carry.repeatabilityRange);
    const auto need = std::find_if(
        plan.needs.begin(), plan.needs.end(),
        [&](const NeededWeights& one) { return one.isFor(*carry.repeatabilityRange); });
    if (need == plan.needs.end()) {
        throw TestNotPossible{"no substitution: the repeatability of " + range +
                              " is outside every rule"};
    }
    // A third of Max ends in threes: whole units say enough.
    const auto whole = [&](ExactMass mass) {
        const MassUnit unit = bench.scale().unit;
        return mass.text(unit, 0) + " " + symbol(unit);
    };
    const ExactMass have = bench.weights().blocksTotal();
    results.note("repeatability " + range + ": " + need->rule + " = " + whole(need->weights) +
                 " of weights are asked for, at hand are " + whole(have));
    if (need->there) return;
    throw TestNotPossible{"not enough weights: a repeatability of " + range + " asks for " +
                          whole(need->weights) + ", at hand are " + whole(have) + ", missing are " +
                          whole(need->weights - have)};
}

/// One run of the weighing test: the zero error, and the substitution loads on the receptor.
class WeighingSeries {
public:
    WeighingSeries(Bench& bench, Results& results, Carry& carry)
        : bench_{bench}, results_{results}, carry_{carry}, w_{bench.weights().blocksTotal()} {}

    void findZero() {
        bench_.bring({});
        bench_.zero();
        zero_ = bench_.zeroError();
        results_.record(zero_, std::nullopt);
    }

    /// Upwards to this load, substituting as often as it takes.
    void up(const PlannedLoad& point) {
        while (point.load > (material_ + 1) * w_) substitute();
        bringUp(point.load);
        measure(MeasurementKind::up, point.text);
    }

    void down(const PlannedLoad& point) {
        bringDown(point.load);
        measure(MeasurementKind::down, point.text);
    }

    /// Back to the zero load that has been under everything.
    void zeroReturn() {
        bench_.bring(bench_.zeroLoadPieces());
        carry_.zeroReturn = bench_.measure(MeasurementKind::zeroReturn, {}, zero_);
        bench_.bring({});
    }

private:
    Pieces exactly(ExactMass load, int material) const {
        const auto pieces = bench_.piecesFor(load, material);
        if (!pieces)
            throw TestNotPossible{"the weights at hand do not make up " + bench_.text(load)};
        return *pieces;
    }

    void bringUp(ExactMass load) {
        present_ = exactly(load, material_);
        bench_.bring(present_);
    }

    Measurement measure(MeasurementKind kind, const std::string& detail) {
        Measurement m = bench_.measure(kind, detail, zero_);
        results_.record(m, bench_.mpe(*m.load));
        last_ = m;
        return m;
    }

    /// Material takes the place of the weights W at the same change-over point (R 76-1 A.4.4.5).
    void substitute() {
        const ExactMass total = (material_ + 1) * w_;
        const std::string number = std::to_string(material_ + 1);
        if (!last_ || *last_->load != total) {
            bringUp(total);
            measure(MeasurementKind::substitution, number);
        }
        measureInNextRange(total, number);
        const ExactMass wanted = *last_->value;

        // The zero load keeps the receptor off zero until the first material lies there.
        Pieces without = material_ == 0 ? bench_.zeroLoadPieces() : Pieces{};
        without.material = material_;
        bench_.bring(without);
        bench_.bring({0, 0, ++material_, 0, std::nullopt});
        present_ = {0, 0, material_, 0, std::nullopt};
        Measurement match = bench_.changeOver();
        for (int trim = 0; *match.value != wanted && trim < maxTrims; ++trim) {
            bench_.trimMaterial(wanted - *match.value);
            bench_.work("settle", bench_.weights().settle);
            match = bench_.changeOver();
        }
        match.kind = MeasurementKind::match;
        match.detail = number;
        match.error = *match.value - wanted;
        results_.record(match, ExactMass{});
        carry_.materialLoads = std::max(carry_.materialLoads, material_);
    }

    /// At the top of its range small weights lead a multiple range instrument into the next one,
    /// and there it stays: the weights are read again in the range in which the material will be.
    void measureInNextRange(ExactMass total, const std::string& number) {
        if (!bench_.scale().multipleRange) return;
        const ExactMass e = bench_.intervalAt(total);
        bench_.settledReading();
        if (bench_.intervalAt(total) != e) measure(MeasurementKind::substitution, number);
    }

    /// Downwards: by taking off alone where that is possible. Else weights come on while the load
    /// stays below the last one, or at least below Max, and material goes off after them.
    void bringDown(ExactMass load) {
        std::optional<Pieces> best;
        bool bestByRemoval = false;
        for (int material = material_; material >= 0; --material) {
            const auto candidate = bench_.piecesFor(load, material);
            if (!candidate) continue;
            const bool byRemoval = candidate->blocks <= present_.blocks;
            if (!best || (byRemoval && (!bestByRemoval || candidate->blocks > best->blocks))) {
                best = candidate;
                bestByRemoval = byRemoval;
            }
        }
        if (!best) throw TestNotPossible{"the weights at hand do not make up " + bench_.text(load)};
        if (!bestByRemoval) {
            const ExactMass more = (best->blocks - present_.blocks) * bench_.weights().block;
            while (material_ > best->material &&
                   (bench_.nominalLoad() - w_ >= load ||
                    bench_.nominalLoad() + more > bench_.scale().max())) {
                present_.material = --material_;
                // Never down to nothing: tracking would take the empty receptor for zero.
                if (present_.material == 0 && present_.blocks == 0) {
                    present_.handWeights = bench_.zeroLoadPieces().handWeights;
                    present_.blocks = bench_.zeroLoadPieces().blocks;
                }
                bench_.bring(present_);
            }
        }
        present_ = *best;
        material_ = present_.material;
        bench_.bring(present_);
    }

    Bench& bench_;
    Results& results_;
    Carry& carry_;
    ExactMass w_;
    Measurement zero_;
    std::optional<Measurement> last_;
    Pieces present_;
    int material_{};
};

}  // namespace

/// From Min to Max and down again, by substitution where the weights end.
void testWeighing(Bench& bench, Results& results, Carry& carry) {
    requireEnoughWeights(bench, results, carry);
    const std::vector<PlannedLoad>& points = carry.plan.loads;
    WeighingSeries series{bench, results, carry};
    series.findZero();
    for (const PlannedLoad& point : points) series.up(point);
    for (auto it = points.rbegin() + 1; it != points.rend(); ++it) series.down(*it);
    series.zeroReturn();
}

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/procedure/tests.h"

namespace jh {

namespace {

/// Small weights put on at the beginning (R 76-1 A.4.8.2 says about ten; the eleventh is for creep
/// meanwhile), and how many may have to go back before the first indication returns: one, or two
/// when noise stands at the very change-over point.
constexpr int extraWeights = 11, putBackAllowed = 2;
/// A gust can ask for more, so the search is made again. A scale that holds on to its indication
/// asks for more every time.
constexpr int mostSearches = 3;

/// Takes small weights off until the indication falls and puts back until it returns.
struct Search {
    Measurement back;
    int putBack{}, count{};  ///< small weights put back, and on the deck at the end
    bool moved{};            ///< the indication fell at all
};

Search searchChangeOver(Bench& bench, ExactMass load) {
    Search search;
    bench.smallWeights(extraWeights);
    const Reading first = bench.settledReading();
    const ExactMass indication = *first.gross;
    search.back.kind = MeasurementKind::putBack;
    search.back.load = load;
    search.back.indication = indication;
    search.back.truth = bench.truthNow();
    search.back.at = first.at;

    // Off one by one until the indication has fallen by one d.
    search.count = extraWeights;
    ExactMass shown = indication;
    while (shown >= indication && search.count > 0) {
        bench.smallWeights(--search.count);
        shown = *bench.settledReading().gross;
    }
    search.moved = shown < indication;
    // Back on until it returns.
    while (shown < indication && search.count < extraWeights) {
        bench.smallWeights(++search.count);
        ++search.putBack;
        shown = *bench.settledReading().gross;
    }
    search.back.added = search.putBack * bench.smallWeightAt(load);
    search.back.error = search.back.added;
    return search;
}

/// Digital discrimination at one load: 1.4 d must move the indication by exactly one d.
void discriminationAt(Bench& bench, Results& results, const std::string& where) {
    const ExactMass load = bench.nominalLoad();
    const ExactMass d = bench.intervalAt(load);
    const ExactMass small = bench.smallWeightAt(load);
    bench.prepareSmallWeights(load);

    Search search;
    for (int i = 1; i <= mostSearches; ++i) {
        search = searchChangeOver(bench, load);
        if (!search.moved) {
            results.finding(where + ": taking off 1 d does not move the indication");
            bench.smallWeights(0);
            return;
        }
        search.back.detail = where;
        const bool judged = search.putBack <= putBackAllowed || i == mostSearches;
        results.record(search.back, judged ? std::optional{putBackAllowed * small} : std::nullopt);
        if (judged) break;
    }

    // One of them stays, and 1.4 d come on top.
    const ExactMass indication = *search.back.indication;
    const int steps = bench.regulation().discriminationSteps;
    const int base = search.count - search.putBack + (steps == 1 ? 1 : 0);
    const ExactMass extra = bench.regulation().discrimination * d;
    bench.smallWeights(base + static_cast<int>(extra.wholeParts(small)));
    const Reading last = bench.settledReading();
    Measurement step;
    step.kind = MeasurementKind::oneInterval;
    step.detail = where;
    step.load = load;
    step.indication = last.gross;
    step.added = extra;
    // From just below the change-over point two intervals come: the one below was left already.
    step.error = *last.gross - indication - d;
    step.truth = bench.truthNow();
    step.at = last.at;
    results.record(step, ExactMass{});
    bench.smallWeights(0);
}

}  // namespace

void testDiscrimination(Bench& bench, Results& results, Carry& carry) {
    bench.bring({});
    bench.zero();
    for (const LoadRule& rule : bench.regulation().discriminationLoads) {
        bench.bring(bench.fewestSubstitutions(bench.nominal(rule), carry.materialLoads));
        discriminationAt(bench, results, rule.text);
    }
    bench.bring({});
}

}  // namespace jh

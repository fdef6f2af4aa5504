// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>

#include "hil/scenario/describe.h"

namespace jh {

namespace {

void checkWeights(const Fields& fields, const Scenario& scenario) {
    const ExactMass blocks = scenario.weights.blocksTotal(), max = scenario.scale.max();
    if (blocks > max) {
        fields.problem("weights", fmt::format("{} kg of weights are beyond Max = {} kg",
                                              blocks.kgText(), max.kgText()));
    }
    const ExactMass least = scenario.regulation.leastWeights;
    if (blocks < least) {
        fields.problem("weights", fmt::format("{} kg of weights; the regulation asks for {} kg",
                                              blocks.kgText(), least.kgText()));
    }
}

/// Whether blocks and hand weights make up a mass exactly.
bool madeOf(const WeightsModel& weights, ExactMass mass) {
    const std::int64_t blocks =
        std::min<std::int64_t>(mass.wholeParts(weights.block), weights.blocks);
    const ExactMass rest = mass - blocks * weights.block;
    const std::int64_t hand = rest.wholeParts(weights.handWeight);
    return hand <= weights.handWeights && hand * weights.handWeight == rest;
}

/// The pieces without which no test can begin: the zero load, and small weights for the
/// change-over point and for the discrimination test (eleven, and 1.4 d on top of one).
void checkPieces(const Fields& fields, const Scenario& scenario) {
    const Regulation& regulation = scenario.regulation;
    const ExactMass zeroLoad = regulation.zeroLoad_e * scenario.scale.firstInterval();
    if (!madeOf(scenario.weights, zeroLoad)) {
        fields.problem("weights", fmt::format("no pieces make up the zero load of {} e = {} kg",
                                              regulation.zeroLoad_e, zeroLoad.kgText()));
    }
    const int changeOver = regulation.changeOverWithin_e * 1000 / regulation.smallWeight.value;
    const int discrimination = 11 + regulation.discrimination.value / regulation.smallWeight.value;
    const int need = std::max(changeOver, discrimination);
    if (scenario.weights.smallWeights < need) {
        fields.problem("weights", fmt::format("{} small weights; the change-over points ask for {}",
                                              scenario.weights.smallWeights, need));
    }
}

void checkExpectation(const Fields& fields, const Scenario& scenario) {
    std::vector<std::string> ids;
    for (const TestRule& test : scenario.regulation.tests) ids.push_back(test.id);
    const auto& failing = scenario.expect->failingTests;
    for (std::size_t i = 0; i < failing.size(); ++i) {
        const std::string place = fmt::format("expect.failing_tests[{}]", i);
        if (std::find(ids.begin(), ids.end(), failing[i]) == ids.end()) {
            fields.problem(place, fmt::format("the regulation has no test '{}'", failing[i]),
                           nearestName(failing[i], ids));
        }
        if (std::count(failing.begin(), failing.end(), failing[i]) > 1) {
            fields.problem(place, fmt::format("'{}' stands in the list twice", failing[i]));
        }
    }
}

}  // namespace

void checkScenario(const Fields& fields, const Scenario& scenario, SoundParts sound) {
    if (sound.scale && sound.weights && sound.regulation) {
        checkWeights(fields, scenario);
        checkPieces(fields, scenario);
    }
    // Crane and hands bring the weights.
    checkFaults(fields, scenario, sound, false);
    if (sound.regulation && scenario.expect && fields.sound({"expect.failing_tests"})) {
        checkExpectation(fields, scenario);
    }
    // The bands of a regulation are those of class III.
    if (sound.scale && scenario.scale.accuracyClass != AccuracyClass::III) {
        fields.problem("scale", "a verification is of a scale of class III");
    }
    if (sound.scale && sound.regulation) {
        const int covered_e = scenario.regulation.mpeBands.back().upTo_e;
        for (const WeighingRange& range : scenario.scale.ranges) {
            if (range.max <= covered_e * range.e) continue;
            fields.problem("regulation", fmt::format("its mpe bands end at {} e, below Max = {} kg",
                                                     covered_e, range.max.kgText()));
        }
    }
    if (!fields.sound({"appearance"})) return;
    for (std::size_t i = 1; i < scenario.appearance.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) {
            if (scenario.appearance[k].id != scenario.appearance[i].id) continue;
            fields.problem(fmt::format("appearance[{}].id", i), "stands in the list already");
        }
    }
}

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/model/standard_weight.h"

#include <numeric>
#include <vector>

#include "sim/base/noise.h"

namespace jh {

namespace {

/// Water that clings to cast iron, estimate: 0.45 kg on a block of 1 t.
constexpr double film_kg_m2 = 0.3;

/// Whether this number is among the first `count` of a shuffled set.
bool among(int count, int set, int number, NoiseStream luck) {
    std::vector<int> numbers(static_cast<std::size_t>(set));
    std::iota(numbers.begin(), numbers.end(), 0);
    for (int i = 0; i < count && i < set; ++i) {
        const int left = set - i;
        const int drawn = i + static_cast<int>(luck.uniform(0.0, 1.0) * left);
        std::swap(numbers[static_cast<std::size_t>(i)], numbers[static_cast<std::size_t>(drawn)]);
        if (numbers[static_cast<std::size_t>(i)] == number) return true;
    }
    return false;
}

}  // namespace

Mass StandardWeight::wetMass() const {
    return mass() + Mass{film_kg_m2 * blockSize(nominal.mass()).wetted().si()};
}

StandardWeight drawCaseWeight(const WeightsModel& weights, const std::string& kind,
                              ExactMass nominal, int number, std::uint64_t seed) {
    StandardWeight weight;
    weight.name = nominal.kgText() + " kg No. " + std::to_string(number + 1);
    weight.nominal = nominal;
    NoiseStream luck{seed,
                     "weight " + kind + " " + nominal.kgText() + " kg " + std::to_string(number)};
    weight.error = weightMpe(weights.weightClass, nominal).mass() * luck.uniform(-1.0, 1.0);
    return weight;
}

StandardWeight drawBlock(const WeightsModel& weights, int number, std::uint64_t seed) {
    StandardWeight weight = drawCaseWeight(weights, "0", weights.block, number, seed);
    const WeightsCondition& condition = weights.condition;
    NoiseStream luck{seed, "dirt on block " + std::to_string(number)};
    weight.dirt = condition.dirt * luck.uniform(0.0, 1.0);
    if (among(condition.lostCaps, weights.blocks, number, {seed, "lost caps"})) {
        weight.losses = weight.losses + condition.cap;
    }
    if (among(condition.chipped, weights.blocks, number, {seed, "chipped edges"})) {
        weight.losses = weight.losses + condition.chip;
    }
    return weight;
}

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/fault/as_found.h"

#include <cmath>

#include "sim/base/check.h"
#include "sim/base/portable_math.h"

namespace jh {

namespace {

constexpr double pound_kg = 0.45359237;
constexpr double testLoad_kg = 10'000.0;
/// Cells that bear a load over the middle of a module, each a quarter of it.
constexpr std::size_t bearing = 4;
/// Of the drift of a scale, the part that all cells share; the rest is each cell's own.
constexpr double commonPart = 0.87;

/// A stone of this stiffness under the middle of the reference deck takes half of the load there.
constexpr double halfTaken_N_m = 4.3e6;
/// Spread of its stiffness, natural logarithm.
constexpr double stoneSpread = 0.9;

Fault fault(const char* id, Fault::What what) {
    Fault f;
    f.id = id;
    f.what = std::move(what);
    f.from = FaultStart::after_adjustment;
    return f;
}

/// Cells at both ends of the middle module: 2L, 2R, 3L, 3R of the reference scale.
std::vector<std::string> bearingCells(const ScaleModel& scale) {
    const std::size_t first = (scale.deck.moduleLengths.size() / 2) * 2;
    JH_CHECK(first + bearing <= scale.cells.size());
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < bearing; ++i) ids.push_back(scale.cells[first + i].id);
    return ids;
}

/// Every cell drifts by itself and all of them together.
void drift(const ScaleModel& scale, Mass spread, NoiseStream& luck, std::vector<Fault>& faults) {
    const double share = spread.si() / testLoad_kg;
    faults.push_back(fault("span_drift", SpanDriftFault{share * commonPart * luck.gaussian()}));
    // Four quarters add up to half of what one cell has.
    const double own = share * std::sqrt(1.0 - commonPart * commonPart) * 2.0;
    for (const CellPlace& cell : scale.cells) {
        faults.push_back(
            fault("cell_sensitivity", CellSensitivityFault{cell.id, own * luck.gaussian()}));
    }
}

Fault broken(const ScaleModel& scale, const AsFoundPopulation& population, NoiseStream& luck) {
    const double share = population.brokenSpread.si() / testLoad_kg;
    const double size = std::fabs(luck.gaussian());
    const double which = luck.uniform();
    // Stones only ever take; the resistors in the sense wire give, so the mean stays at zero.
    if (which < 0.15) {
        const double median_kg = 0.674 * population.brokenSpread.si();
        const double median_N_m = halfTaken_N_m * median_kg / (testLoad_kg - median_kg);
        const std::size_t module = scale.deck.moduleLengths.size() / 2;
        Length middle = scale.deck.moduleLengths[module] / 2.0;
        for (std::size_t m = 0; m < module; ++m) middle = middle + scale.deck.moduleLengths[m];
        DeckContactFault stone;
        stone.x = middle;
        stone.stiffness = Stiffness{median_N_m * portableExp(stoneSpread * luck.gaussian())};
        return fault("stone_under_girder", stone);
    }
    if (!population.digitalCells && which < 0.45) {
        const Resistance resistance = scale.wiring.senseInput * (size * share);
        return fault("sense_resistor", SenseResistanceFault{resistance});
    }
    if (!population.digitalCells && which < 0.60) {
        return fault("excitation_low", ExcitationDropFault{-size * share});
    }
    const std::vector<std::string> cells = bearingCells(scale);
    const auto cell = static_cast<std::size_t>(luck.uniform() * static_cast<double>(bearing));
    return fault("cell_sensitivity",
                 CellSensitivityFault{cells[cell], share * bearing * luck.gaussian()});
}

}  // namespace

AsFoundPopulation analogAsFound() {
    return {0.13, Mass{45.0 * pound_kg}, Mass{637.0 * pound_kg}, false};
}

AsFoundPopulation digitalAsFound() {
    return {0.06, Mass{28.0 * pound_kg}, Mass{339.0 * pound_kg}, true};
}

std::vector<Fault> drawAsFound(const ScaleModel& scale, const AsFoundPopulation& population,
                               NoiseStream& luck) {
    std::vector<Fault> faults;
    const bool isBroken = luck.uniform() < population.brokenShare;
    drift(scale, population.driftedSpread, luck, faults);
    if (isBroken) faults.push_back(broken(scale, population, luck));
    return faults;
}

}  // namespace jh

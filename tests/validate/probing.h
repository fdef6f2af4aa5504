// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fmt/format.h>

#include "sim/plant/probe.h"
#include "tests/support/deck_oracles.h"
#include "tests/validate/shipped_data.h"

namespace jh::validate {

inline constexpr const char *referenceScale = "100t-18x3-8c",
                            *leverScale = "100t-18x3-8c-torsion-free",
                            *lappedScale = "100t-18x3-8c-lapped",
                            *boltedScale = "100t-18x3-8c-bolted";
inline constexpr double tenTonnes_kg = 10'000.0;

/// The sources reckon with the conventional g.
inline SiteModel standardSite() {
    SiteModel site;
    site.gravity = standardGravity;
    return site;
}

inline PointMass massAt(double x_m, double y_m, double mass_kg) {
    return {Length{x_m}, Length{y_m}, Mass{mass_kg}};
}

inline ProbeResult probed(const ScaleModel& scale, const std::vector<PointMass>& loads,
                          const std::vector<Fault>& faults = {}) {
    return probe(scale, standardSite(), ProbeInput{loads, {}, faults});
}

inline std::vector<double> live_kg(const ProbeResult& result) {
    std::vector<double> out;
    for (const CellProbe& cell : result.cells) out.push_back(cell.live.si());
    return out;
}

inline Fault fault(Fault::What what) {
    Fault fault;
    fault.what = std::move(what);
    return fault;
}

inline double sum(const std::vector<double>& values) {
    double total = 0.0;
    for (const double value : values) total += value;
    return total;
}

inline std::string placeName(const test::DeckRow& row, std::size_t number) {
    return fmt::format("P{} {:g}, {:g} m", number + 1, row.x_m, row.y_m);
}

}  // namespace jh::validate

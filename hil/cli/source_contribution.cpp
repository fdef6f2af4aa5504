// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/source_contribution.h"

#include <cmath>

#include "sim/plant/probe.h"

namespace jh {

BridgeRatio signalPerKg(const ScaleModel& scale, const SiteModel& site) {
    const Mass half{scale.max().mass().si() / 2.0};
    const Length middle = scale.deck.length() / 2.0;
    const BridgeRatio empty = probe(scale, site, ProbeInput{}).terminals;
    const BridgeRatio loaded =
        probe(scale, site, ProbeInput{{{middle, Length{}, half}}, {}, {}}).terminals;
    return (loaded - empty) / half.si();
}

double temperatureSpan_K(const SiteModel& site) {
    constexpr double workingDay_h = 8.0;
    return 2.0 * site.day.amplitude_K + std::abs(site.temperatureDrift_K_h) * workingDay_h;
}

SourceUncertainty contributionOf(const SourceProfile& source, BridgeRatio perKg,
                                 const SiteModel& site) {
    SourceUncertainty u;
    u.step = Mass{source.step / perKg};
    u.gain = source.gainUncertainty;
    u.temperatureSpan_K =
        source.temperatureSpan_K > 0.0 ? source.temperatureSpan_K : temperatureSpan_K(site);
    const double overSpan = u.temperatureSpan_K / std::sqrt(3.0);
    u.drift = source.gainDrift_per_K * overSpan;
    if (!source.ratiometric) u.excitation = source.excitationDrift_per_K * overSpan;
    return u;
}

}  // namespace jh

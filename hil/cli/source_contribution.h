// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hil/indicator/source_profile.h"
#include "hil/procedure/source_uncertainty.h"
#include "hil/scenario/scenario.h"

namespace jh {

/// Signal at the terminals of a healthy scale for a kilogram in the middle of its deck.
BridgeRatio signalPerKg(const ScaleModel& scale, const SiteModel& site);

/// How far the air of a site may move in the eight hours of a working day.
double temperatureSpan_K(const SiteModel& site);

/// What a source adds to the uncertainty of a scale with this signal for a kilogram. Drifts are
/// bounds over the span of temperature (the profile's, else the site's) and taken as rectangular:
/// the calibration may have been at either end.
SourceUncertainty contributionOf(const SourceProfile& source, BridgeRatio perKg,
                                 const SiteModel& site);

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sim/base/sim_time.h"
#include "sim/model/site_model.h"

namespace jh {

/// Mass per area of what lies on the deck at a time of the run: film of rain, snow, ice, mud.
double deposits_kg_m2(const SiteModel& site, SimTime t);

/// Whether it changes during the run.
bool depositsChange(const SiteModel& site);

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "hil/port/load_order.h"
#include "hil/report/words.h"
#include "sim/model/scale_model.h"

namespace jh {

/// What a person is to do, one sentence.
std::string orderText(const LoadOrder& order, const ScaleModel& scale, Language language);

/// The deck from above in two lines, the names of its cells where they stand, those to be loaded or
/// unloaded in brackets; empty when nothing is put or taken.
std::string deckSketch(const LoadOrder& order, const ScaleModel& scale);

}  // namespace jh

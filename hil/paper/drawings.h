// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "hil/paper/masses.h"
#include "hil/paper/say.h"
#include "hil/report/read_record.h"

namespace jh {

/// Drawings of a report as SVG elements for an HTML page. What they tell by colour they also tell
/// by form, hatching or number. Points carry their numbers in kg as data-load, data-error,
/// data-limit.

/// Errors over the load, up and down, within the band of permissible errors. Empty when the test
/// has fewer than two such points.
std::string errorCurveSvg(const StoredRecord& record, const TestResult& test, const Say& say);

/// The deck to scale with its modules and cells, and at each cell the error of the load over it.
/// Empty when the test measured at no cell of the scale.
std::string deckMapSvg(const StoredRecord& record, const TestResult& test, const Say& say);

/// When which work was done, and during which test.
std::string timeLineSvg(const StoredRecord& record, const Say& say);

}  // namespace jh

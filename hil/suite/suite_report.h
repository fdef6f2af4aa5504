// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "hil/report/words.h"
#include "hil/suite/judgement.h"
#include "hil/suite/trend.h"

namespace jh {

/// JUnit XML: a suite for each scenario, a case for each of its tests. A test that fails as the
/// scenario expects is a passed case, one in quarantine a skipped one, earlier attempts are
/// properties.
std::string suiteJunit(const std::vector<Judged>& judged);

/// Markdown for a pull request: counts, what is not as expected, quarantined or changed, the trend.
std::string suiteMarkdown(const Plan& plan, const std::vector<Judged>& judged,
                          const std::vector<TrendRow>& trend, Language language);

/// For a terminal: a line for everything that is not good, then the counts.
std::string suiteTable(const std::vector<Judged>& judged, Language language);

/// "fail; failing tests: eccentricity"
std::string outcomeText(const Attempt& attempt, Language language);

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "hil/procedure/load_plan.h"
#include "hil/procedure/record.h"
#include "hil/scenario/diagnostics.h"
#include "hil/scenario/scenario.h"
#include "sim/base/expected.h"

namespace jh {

/// A record read back: what was run and what came out.
struct StoredRecord {
    Scenario scenario;             ///< as written out in the record
    std::optional<LoadPlan> plan;  ///< of the weighing test, where the regulation has one
    VerificationResult result;
    std::string programVersion, programCommit;  ///< that made the record
    std::string unit{"kg"};                     ///< in which people read its masses: kg or lb
    std::vector<std::string> stateHashes;       ///< one for each simulated second
    SimTime simulated{};
    std::uint64_t transactions{};
};

/// A record (docs/record.md) from its text; `file` is named in problems. Members it does not know
/// are passed over, so a later version's record can be read as far as this one understands it.
/// What is no record, is damaged or holds a kind of measurement unknown here is a problem with its
/// place in the document.
Expected<StoredRecord, Diagnostics> readRecord(const std::string& text, const std::string& file);

}  // namespace jh

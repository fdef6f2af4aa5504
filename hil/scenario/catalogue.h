// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "hil/scenario/diagnostics.h"
#include "sim/base/expected.h"

namespace jh {

/// One size of a fault: its key in a scenario and what it may be, as written: "0.3 %".
struct FaultParameter {
    std::string key;
    std::string unit;         ///< empty for a name or a bare number
    std::string least, most;  ///< empty where there is no number
};

/// A kind of fault as the catalogue tells of it.
struct FaultKind {
    std::string kind;  ///< "cell_sensitivity": `kind` in a scenario
    std::string title, titleZh;
    std::vector<FaultParameter> parameters;
    std::string actsIn;                 ///< part of the chain
    std::string signature;              ///< what one sees
    std::vector<std::string> caughtBy;  ///< tests
};

/// The kinds of fault that a scenario can hold, from scenarios/faults/.
Expected<std::vector<FaultKind>, Diagnostics> loadFaultCatalogue(const std::filesystem::path& file);

/// What a data file is, without a check of it.
struct FileSummary {
    std::string kind;  ///< scale, site, weights, indicator, regulation, scenario, faults
    std::string title, titleZh;
};
Expected<FileSummary, Diagnostics> describeFile(const std::filesystem::path& file);

}  // namespace jh

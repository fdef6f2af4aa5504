// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hil/suite/merge.h"

namespace jh {

/// The errors that scenarios once had, to see what changes (docs/suite.md).
struct Baseline {
    struct Held {
        std::string scale;  ///< scaleText()
        std::vector<Number> numbers;
    };
    Milli tolerance{100};  ///< of e; a change by exactly so much is none
    std::map<std::string, Held> scenarios;
};

inline constexpr Milli standardTolerance{100};

/// The numbers of all results as a new baseline, as JSON.
std::string baselineText(const Merged& merged, Milli tolerance);
/// A baseline file, or what is wrong with it.
Expected<Baseline, std::string> readBaseline(const std::filesystem::path& file);

/// A number that moved by more than the tolerance, came or went.
struct Change {
    std::string number;
    std::optional<ExactMass> was, is;
};
std::vector<Change> changesOf(const Baseline& baseline, const ScenarioResult& result);

/// Empty, or that the baseline has this scenario with another scale: naming both.
std::string otherScale(const Baseline& baseline, const std::string& id, const std::string& scale);

}  // namespace jh

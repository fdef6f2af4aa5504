// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "hil/scenario/diagnostics.h"
#include "hil/scenario/parameter.h"
#include "sim/base/expected.h"

namespace jh {

/// A fault of the trade as the catalogue tells of it: `fault: ID` in a scenario.
struct CatalogueFault {
    std::string id;  ///< "stone_under_girder"
    int number{};    ///< row of the catalogue, 1 to 88
    std::string title, titleZh;
    bool available{true};  ///< false: declared, but no part of the bench can do it yet
    std::string kind;      ///< `kind` in a scenario, empty where not available
    /// Sizes and times as a scenario writes them, for the 100 t scale with 8 cells.
    std::map<std::string, std::string> typical;
    std::vector<Parameter> parameters;  ///< sizes with the loader's bounds and the typical values
    std::string actsIn;                 ///< part of the chain
    std::string signature;              ///< what one sees
    std::string magnitude;              ///< of the typical fault, in words
    std::vector<std::string> caughtBy;  ///< tests that find the typical fault, by calculation
    std::string whyNot, whyNotZh;       ///< why none of them does, or only partly
};

/// Where the shipped data hold it.
std::filesystem::path faultCatalogueFile();

Expected<std::vector<CatalogueFault>, Diagnostics> loadFaultCatalogue(
    const std::filesystem::path& file);

/// What a data file is, without a check of it.
struct FileSummary {
    std::string kind;  ///< scale, site, weights, indicator, regulation, scenario, faults
    std::string title, titleZh;
};
Expected<FileSummary, Diagnostics> describeFile(const std::filesystem::path& file);

}  // namespace jh

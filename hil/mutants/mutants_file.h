// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "hil/scenario/diagnostics.h"
#include "sim/base/expected.h"

namespace jh {

/// A defect of a firmware: one place of its source written otherwise.
struct Mutant {
    std::string id, kind, defect;
    std::string file;           ///< source or header, from the folder of the mutants file
    std::string find, replace;  ///< `find` stands once in the file, blanks and lines aside
    std::string whyNot;         ///< why no examination has to notice it; empty: one has to
};

/// A firmware in C and its defects: docs/mutants.md.
struct MutantsFile {
    std::string title;
    std::filesystem::path folder;  ///< that the paths below start from
    std::string board;             ///< a board file whose host is native
    std::string include;           ///< root of the quoted includes
    std::vector<std::string> sources;
    std::vector<std::string> scenarios;  ///< verifications it has to pass
    std::vector<std::string> examined;   ///< scenarios whose firmware is examined on the bench
    std::vector<Mutant> mutants;
};

/// Where `find` stands in a text; any run of white space equals any other.
struct Stretch {
    std::size_t begin{}, size{};
};
std::vector<Stretch> stretchesOf(std::string_view find, std::string_view text);

Expected<MutantsFile, Diagnostics> loadMutants(const std::filesystem::path& file);

/// The firmware as a shared object in `folder`, with this defect or (null) without one: compiled by
/// $CC, else cc. Its name tells its sources apart, and one that is there is not built again. The
/// error is what the compiler says.
Expected<std::filesystem::path, std::string> buildMutant(const MutantsFile& file,
                                                         const Mutant* mutant,
                                                         const std::filesystem::path& folder);

}  // namespace jh

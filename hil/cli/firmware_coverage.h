// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "firmware-bridge/host/hosted_board.h"
#include "hil/scenario/scenario.h"

namespace jh {

/// What runs have executed of the code of their firmware, added up: a count is in how many of the
/// runs it was.
class FirmwareCoverage {
public:
    void add(const std::filesystem::path& image, const std::vector<AddressRange>& executed);
    /// One run's part as text, for another process.
    static std::string partText(const std::filesystem::path& image,
                                const std::vector<AddressRange>& executed);
    /// Adds such a part; false where it is none.
    bool addPart(const std::string& text);

    /// A tracefile of lcov (geninfo(1), FILES); empty where no image tells its lines.
    std::string info() const;
    /// Of each image: functions with the share of their instructions that was executed, those that
    /// were never entered first.
    std::string summary() const;
    /// Why lines of an image are missing, for each of which they are.
    std::vector<std::string> problems() const;

private:
    struct Image {
        int runs{};
        std::vector<int> counts;  ///< by word of flash
    };
    std::map<std::string, Image> images_;
};

/// Writes the tracefile and tells the summary on stdout, unless that is not wanted. A message when
/// the file could not be written, else empty.
std::string deliverCoverage(const FirmwareCoverage& coverage, const std::filesystem::path& file,
                            bool quiet);

/// Why nobody can note what the firmware of this scenario executes, and what to do; empty where its
/// host does.
std::string uncoverable(const Scenario& scenario);

}  // namespace jh

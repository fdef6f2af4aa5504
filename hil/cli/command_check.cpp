// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "hil/cli/check_firmware.h"
#include "hil/cli/commands.h"
#include "hil/cli/console.h"
#include "hil/mutants/mutants_file.h"
#include "hil/scenario/catalogue.h"
#include "hil/scenario/load.h"
#include "hil/suite/suite_file.h"

namespace jh {

namespace {

Diagnostics problemsOf(const std::filesystem::path& file) {
    const auto summary = describeFile(file);
    if (summary && summary->kind == "mutants") {
        auto mutants = loadMutants(file);
        return mutants ? Diagnostics{} : mutants.error();
    }
    const bool ofSuites = summary && (summary->kind == "suite" || summary->kind == "quarantine");
    return ofSuites ? checkSuiteFile(file, summary->kind) : checkFile(file);
}

}  // namespace

int checkCommand(const std::vector<std::string>& files) {
    Diagnostics all;
    std::filesystem::path board;
    for (const std::string& file : files) {
        const std::filesystem::path path = findDataFile(file);
        const bool program = isProgram(path);
        if (program && board.empty()) {
            all.push_back(
                {file, 0, 0, "", "a program; expected the file of its board before it", {}});
            continue;
        }
        const Diagnostics found = program ? checkFirmware(board, path) : problemsOf(path);
        if (!program) board = found.empty() ? path : "";
        if (found.empty()) fmt::print("{}: ok\n", file);
        all.insert(all.end(), found.begin(), found.end());
    }
    // A program may have been run to see what it does.
    if (!all.empty()) print(all, " found");
    return all.empty() ? exitPass : exitBadInput;
}

}  // namespace jh

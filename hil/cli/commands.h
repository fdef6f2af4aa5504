// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace jh {

/// Exit codes of the program (docs/program.md).
enum Exit : int {
    exitPass = 0,      ///< pass, or as the scenario expects
    exitFail = 1,      ///< a scenario failed, records differ
    exitBadInput = 2,  ///< a file or an argument is wrong; nothing was started
    exitDevice = 3,    ///< device or infrastructure; trying again may help
    exitInvalid = 4,   ///< the run decides nothing
    exitInterrupted = 130,
};

/// Where JSON goes: nowhere, to stdout (an empty name) or to a file.
using JsonOutput = std::optional<std::string>;

struct RunArguments {
    std::vector<std::string> scenarios;
    std::string out{"jianheng-out"}, junit, frames, language{"en"};
    JsonOutput json;
    bool verify{}, quiet{};
    std::optional<std::uint64_t> seed;
};
int runCommand(const RunArguments& arguments);

int checkCommand(const std::vector<std::string>& files);

struct SimulateArguments {
    std::string scene, out, h5, csv, plot;
    bool quiet{};
    std::optional<std::uint64_t> seed;
};
int simulateCommand(const SimulateArguments& arguments);

struct ProbeArguments {
    std::string scale, site;
    std::vector<std::string> loads, vehicles, faults;
    JsonOutput json;
};
int probeCommand(const ProbeArguments& arguments);

int replayCommand(const std::string& record);

struct ListArguments {
    std::string what, language{"en"};
    JsonOutput json;
};
int listCommand(const ListArguments& arguments);

int versionCommand();

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>

namespace jh {

/// Exit codes of the program (docs/program.md).
enum Exit : int {
    exitPass = 0,         ///< pass, or as the scenario expects
    exitFail = 1,         ///< a scenario failed, records differ
    exitBadInput = 2,     ///< a file or an argument is wrong; nothing was started
    exitDevice = 3,       ///< device or infrastructure; trying again may help
    exitInvalid = 4,      ///< the run decides nothing
    exitInterrupted = 130,
};

/// Each adds its subcommand; `exitCode` receives the outcome when it is called.
void addRun(CLI::App& app, int& exitCode);
void addCheck(CLI::App& app, int& exitCode);
void addProbe(CLI::App& app, int& exitCode);
void addReplay(CLI::App& app, int& exitCode);
void addList(CLI::App& app, int& exitCode);
void addVersion(CLI::App& app, int& exitCode);

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hil/cli/commands.h"

namespace CLI {
class App;
}  // namespace CLI

namespace jh {

/// The commands about firmware, `play`, `examine`, `diff` and `mutants`, as far as the line goes.
class FirmwareLine {
public:
    /// Both outlive this; the code is that of the command that was run.
    FirmwareLine(CLI::App& app, int& exitCode) : app_{app}, exitCode_{exitCode} {}
    void add();

private:
    void addPlay();
    void addExamine();
    void addMutants();
    void addDiff();

    CLI::App& app_;
    int& exitCode_;
    PlayArguments play_;
    ExamineArguments examine_;
    MutantsArguments mutants_;
    DiffArguments diff_;
    std::string examineJson_, diffJson_;
};

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hil/cli/commands.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace jh {

/// The command `suite` with `plan` and `merge`, as far as the line goes.
class SuiteLine {
public:
    /// Both outlive this; the code is that of the command that was run.
    SuiteLine(CLI::App& app, int& exitCode) : app_{app}, exitCode_{exitCode} {}
    void add();

private:
    void addSelection(CLI::App& command);
    void addOutputs(CLI::App& command, SuiteOutputs& outputs);
    void addPlan(CLI::App& above);
    void addMerge(CLI::App& above);

    CLI::App& app_;
    int& exitCode_;
    SuiteArguments suite_;
    SuiteMergeArguments merge_;
    std::string planJson_;
};

}  // namespace jh

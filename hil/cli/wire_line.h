// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hil/cli/command_conform.h"
#include "hil/cli/commands.h"

namespace CLI {
class App;
}  // namespace CLI

namespace jh {

/// The commands that speak with indicators on real wires, as far as the line goes.
class WireLine {
public:
    /// Both outlive this; the code is that of the command that was run.
    WireLine(CLI::App& app, int& exitCode) : app_{app}, exitCode_{exitCode} {}
    void add();

private:
    void addServe();
    void addConform();

    CLI::App& app_;
    int& exitCode_;
    ServeArguments serve_;
    std::string serveFormat_{"8N2"};
    double serveLatency_ms_{};
    ConformArguments conform_;
    std::string conformFormat_{"8N2"}, conformJson_;
};

}  // namespace jh

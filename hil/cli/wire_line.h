// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hil/cli/command_conform.h"
#include "hil/cli/wire_commands.h"

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
    void addRead();
    void addMonitor();
    void addDoctor();
    void addConform();
    void addCalibrateSource();

    CLI::App& app_;
    int& exitCode_;
    ServeArguments serve_;
    std::string serveFormat_{"8N2"};
    double serveLatency_ms_{20.0};
    ReadArguments read_;
    std::string readFormat_{"8N2"};
    MonitorArguments monitor_;
    std::string monitorFormat_{"8N2"};
    double monitorLatency_ms_{20.0};
    std::string doctorJson_;
    ConformArguments conform_;
    std::string conformFormat_{"8N2"}, conformJson_;
    CalibrateSourceArguments calibrate_;
    std::string calibrateFormat_{"8N2"};
};

}  // namespace jh

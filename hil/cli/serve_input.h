// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "hil/cli/commands.h"
#include "hil/cli/served_indicator.h"
#include "hil/indicator/source_profile.h"
#include "hil/modbus/line_fault.h"
#include "hil/modbus/tcp_server.h"
#include "hil/scenario/diagnostics.h"

namespace jh {

/// Everything of `serve` that is read before anything is started.
struct ServeInput {
    std::vector<IndicatorProfile> profiles;
    std::vector<SourceProfile> sources;  ///< one at most: all indicators hang at it
    ServedScale on;
    ProbeInput loads;
    std::uint64_t seed{1};
    std::vector<TcpPortConfig> addresses;
    std::vector<LineWire> wires;
    std::vector<LineFault> lineFaults;
};

/// All problems of files and arguments at once.
Expected<ServeInput, Diagnostics> readServeInput(const ServeArguments& arguments);

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sim/base/quantity.h"
#include "sim/base/sim_time.h"

namespace jh {

/// A source of bridge signals, or a load-cell simulator, wired to the indicator's terminals.
struct SignalModel {
    Voltage perInterval{1e-6};     ///< input voltage for one e, at `excitation`
    Voltage excitation{5.0};       ///< of the indicator
    BridgeRatio zero{2e-4};        ///< dead load, at no load
    BridgeRatio resolution{1e-9};  ///< smallest step of the source
    double gainError{};            ///< of the source, relative
    SimTime settling{2s};          ///< until a new value stands
};

}  // namespace jh

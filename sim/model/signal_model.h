// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sim/base/quantity.h"
#include "sim/base/sim_time.h"

namespace jh {

/// A source of bridge signals, or a load-cell simulator, wired to the indicator's terminals, and
/// how the indicator follows the temperature of the climate chamber.
struct SignalModel {
    Voltage perInterval{1e-6};     ///< input voltage for one e, at `excitation`
    Voltage excitation{5.0};       ///< of the indicator
    BridgeRatio zero{2e-4};        ///< dead load, at no load
    BridgeRatio resolution{1e-9};  ///< smallest step of the source
    double gainError{};            ///< of the source, relative
    SimTime settling{2s};          ///< until a new value stands
    /// Of the indicator's input, against 20 degC; estimate for a converter with a gain of 128
    double zeroDrift_V_K{1e-8};
    double spanDrift_per_K{2.5e-6};
};

}  // namespace jh

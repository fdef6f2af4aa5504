// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

#include "hil/indicator/profile.h"
#include "sim/base/quantity.h"

namespace jh {

/// A signal source commanded over Modbus, in place of load cells at an indicator's terminals: a
/// mV/V source, or a converter behind a divider. From a file in scenarios/sources/.
struct SourceProfile {
    std::string title;
    std::map<std::string, std::string> sources;  ///< what the file is known from
    std::string source;
    int station{1};
    int baud{9600};
    SimTime replyTimeout{500ms};
    std::vector<int> functions{3, 16};
    bool lowWordFirst{};
    int firstHolding{};               ///< number that its manual gives to the first register
    RegisterField output;             ///< takes the signal, in steps
    BridgeRatio step{1e-9};           ///< of the signal: its resolution
    BridgeRatio least{}, most{3e-3};  ///< that it can give
    BridgeRatio safe{};               ///< to which it is driven at the end of a run
    SimTime settling{};               ///< after a change
    /// It follows the excitation it is fed with; otherwise the excitation's drift is an error.
    bool ratiometric{true};
    /// As its calibration found it: output = offset + (1 + gain error) x what was asked for.
    BridgeRatio offset{};
    double gainError{};
    /// Standard uncertainty of that calibration, of its own value; and drift, of its value in a
    /// kelvin.
    double gainUncertainty{}, gainDrift_per_K{};
};

/// Number for the output register that comes nearest to a signal, its calibration taken out; within
/// what the source can give.
std::int64_t sourceSteps(const SourceProfile& profile, BridgeRatio wanted);

}  // namespace jh

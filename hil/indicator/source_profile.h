// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
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
    /// Standard uncertainties of that calibration; of the gain relative.
    BridgeRatio offsetUncertainty{};
    double gainUncertainty{};
    std::string calibrated;    ///< day of it, "2026-03-10"; empty: not told
    std::string calibratedBy;  ///< who did it
    std::string reference;     ///< what it is traced to: instrument, certificate
    /// How far the gain moves in a kelvin, at most; and an excitation that is not followed.
    double gainDrift_per_K{}, excitationDrift_per_K{};
    /// Between calibration and use; 0: that of the scenario's site.
    double temperatureSpan_K{};
};

/// Number for the output register that comes nearest to a signal, its calibration taken out; within
/// what may be asked of the source.
std::int64_t sourceSteps(const SourceProfile& profile, BridgeRatio wanted);

/// Words of the output register for so many steps.
std::vector<std::uint16_t> sourceWords(const SourceProfile& profile, std::int64_t steps);

}  // namespace jh

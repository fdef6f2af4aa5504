// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hil/indicator/profile.h"
#include "hil/modbus/line_fault.h"
#include "hil/procedure/appearance.h"
#include "hil/procedure/regulation.h"
#include "hil/scenario/bench_model.h"
#include "hil/scenario/firmware_model.h"
#include "sim/fault/fault.h"
#include "sim/model/scale_model.h"
#include "sim/model/signal_model.h"
#include "sim/model/weights_model.h"

namespace jh {

/// Settings of the reference indicator's sealed parameters that a scenario may change. Defaults are
/// what a new indicator leaves the works with; Max and e come from the scale.
struct IndicatorSettings {
    std::string serial{"20260001"};
    int conversionRate_Hz{10};  ///< 10 or 80
    SimTime filter{1s};         ///< moving average
    double stabilityBand_d{0.5};
    SimTime stabilityTime{1s};
    double trackingBand_d{0.5};
    double trackingRate_d_s{0.5};       ///< 0 switches zero tracking off
    double initialZeroRange_pct{20.0};  ///< total span, of Max
    double zeroRange_pct{4.0};          ///< total span, of Max
};

/// How the bytes of a simulated indicator travel. The verdict must not depend on it.
enum class Wire {
    virtualTime,  ///< within the simulation, byte by byte in its own time
    pty,          ///< RTU on a pseudo terminal, in real time
    tcp,          ///< Modbus TCP on this machine
};

/// A remote display, printer or computer that the indicator sends its values to.
struct SecondDisplayModel {
    SimTime lag{500ms};  ///< from the indicator's value to the same value there
};

/// What a scenario says must come out. Compared exactly.
struct Expectation {
    std::string verdict{"pass"};
    std::vector<std::string> failingTests;
};

/// What an office writes on its forms and no scale can know. What is empty becomes a line to fill
/// in by hand.
struct Office {
    std::string office;                ///< that verifies
    std::string owner, address;        ///< of the scale
    std::string maker, model, serial;  ///< of the scale, from its nameplate
    std::string place;                 ///< where it stands
    std::string verifier, checker;     ///< who did the work, who looked it over
    std::string recordNumber, certificateNumber, stickerNumber;
    int validMonths{};  ///< of a certificate; 0: not said
    friend bool operator==(const Office&, const Office&) = default;
};

/// A run as one value: everything that decides its bytes.
struct Scenario {
    std::string name;  ///< file name without ending
    std::string title, titleZh;
    std::vector<std::string> tags;  ///< for the filters of a suite
    ScaleModel scale;
    SiteModel site;
    WeightsModel weights;
    IndicatorProfile indicator;
    Wire wire{Wire::virtualTime};
    std::optional<BenchModel> bench;        ///< real parts in place of simulated ones, in wall time
    std::optional<FirmwareModel> firmware;  ///< on an emulated board, in place of the reference's
    bool noise{true};                       ///< of cells and converter
    IndicatorSettings settings;
    std::optional<SignalModel> signal;  ///< the indicator alone, on a signal source
    std::optional<SecondDisplayModel> secondDisplay;
    Regulation regulation;
    std::vector<AppearanceItem> appearance;
    std::vector<Fault> faults;
    std::vector<LineFault> lineFaults;  ///< between the indicator and who reads it
    std::uint64_t seed{1};
    std::uint64_t visit{};  ///< the same scale on another day, with other weights of the same kind
    int uncertaintyVisits{};  ///< more visits, from which the uncertainty is worked out by chance
    std::optional<std::chrono::year_month_day> date;  ///< day of the verification
    std::optional<Expectation> expect;
    Office office;  ///< only for the forms; no byte of a measurement depends on it

    /// The whole scenario with every default written out and every reference resolved, as YAML
    /// (which is also JSON): what a record holds and `replay` reads.
    std::string resolvedYaml;
};

}  // namespace jh

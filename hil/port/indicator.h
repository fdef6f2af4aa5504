// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

#include "hil/port/io_error.h"
#include "sim/base/exact_mass.h"
#include "sim/base/expected.h"
#include "sim/base/sim_time.h"

namespace jh {

/// What an indicator shows at one instant. One answer on the wire, one Reading.
/// Names after OPC 40200 (Gross, Net, Tare, WeightStable, CenterOfZero, Overload, Underload).
struct Reading {
    std::optional<ExactMass> gross, net;  ///< empty: blanked, no weight value is shown
    std::optional<ExactMass> tare;
    ExactMass interval;  ///< d in use
    bool weightStable{}, centerOfZero{}, overload{}, underload{}, fault{};
    SimTime at{};
};

/// What an indicator says about itself; nothing of what it has no register for.
struct IndicatorIdentity {
    std::optional<std::uint32_t> type, firmware, serial, parameterChecksum, eventCounter;
    std::optional<ExactMass> max, firstInterval;
};

/// A weighing indicator, real or simulated. One thread owns it; a live object is connected.
class Indicator {
public:
    virtual ~Indicator() = default;
    /// The next reading on the driver's time grid.
    [[nodiscard]] virtual Expected<Reading, IoError> read() = 0;
    [[nodiscard]] virtual Expected<IndicatorIdentity, IoError> identify() = 0;
    [[nodiscard]] virtual Expected<void, IoError> zero() = 0;
    [[nodiscard]] virtual Expected<void, IoError> tare() = 0;
    [[nodiscard]] virtual Expected<void, IoError> clearTare() = 0;
};

/// The sealed side of an indicator: adjustment. Separate, as a procedure may not touch it.
class Adjustment {
public:
    virtual ~Adjustment() = default;
    /// The present signal is the empty scale.
    [[nodiscard]] virtual Expected<void, IoError> adjustZero() = 0;
    /// The present signal above zero is this mass.
    [[nodiscard]] virtual Expected<void, IoError> adjustSpan(ExactMass load) = 0;
    [[nodiscard]] virtual Expected<void, IoError> seal() = 0;
};

}  // namespace jh

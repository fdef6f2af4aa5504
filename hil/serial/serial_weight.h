// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

#include "sim/base/exact_mass.h"

namespace jh {

/// Unit of a weight on a serial line.
enum class SerialUnit { kg, lb, g, t };

/// Which weight a frame carries.
enum class WeightKind { gross, net, tare };

/// What an indicator says it failed to do.
enum class SerialError {
    zeroSetting,
    initialZero,  ///< no zero has been found since power-on
    taring,
};

/// What one frame of a weighing indicator says. `std::nullopt` where the protocol has no field for
/// it: unknown is not "no".
struct SerialWeight {
    std::optional<ExactMass> weight;  ///< empty: blanked or dashes, no weight is shown
    std::optional<ExactMass> tare;    ///< sent beside the weight
    SerialUnit unit{SerialUnit::kg};
    int decimals{};            ///< digits after the point; -1: the last digit sent counts tens
    std::optional<int> count;  ///< interval in the last digit sent: 1, 2 or 5
    std::optional<WeightKind> kind;
    bool highResolution{};
    std::optional<int> range;  ///< 1 is the lowest
    std::optional<bool> stable, centerOfZero, overload, underload;
    std::optional<SerialError> error;

    friend bool operator==(const SerialWeight&, const SerialWeight&) = default;
};

/// Why bytes that looked like a frame are none.
enum class FrameFault {
    length,    ///< the end is not where it must be
    checksum,  ///< or XOR
    status,    ///< a status, sign or command character that does not exist
    digits,    ///< something other than digits in a number
    decimals,  ///< a decimal point where none can be
    unit,      ///< not kg, lb, g or t
    tooLarge,  ///< more than a mass can hold, 9e10 kg
};

/// What a reader has met so far.
struct FrameCounts {
    std::uint64_t good{}, bad{};
    std::uint64_t skippedBytes{};  ///< outside of any good frame
    std::optional<FrameFault> lastFault;
};

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

#include "firmware-bridge/adc/adc_chip.h"

namespace jh {

/// What is wrong with the conversions that end in [from, until).
struct ConversionFault {
    enum class Kind {
        saturatedHigh,  ///< at the upper end of the range
        saturatedLow,
        stuck,    ///< at `code`
        missing,  ///< no data ready
        late,     ///< ready `delay` after its time
    };
    Kind kind{};
    SimTime from{}, until{};
    std::int64_t code{};  ///< of `stuck`, in steps at the highest gain
    SimTime delay{};      ///< of `late`
};

/// Faults of a converter, the same for all chips: it stands before a chip's conversion(). Of
/// several faults at one time each does its part in the order in which they are given.
class ConversionFaults {
public:
    ConversionFaults() = default;
    explicit ConversionFaults(std::vector<ConversionFault> faults) : faults_{std::move(faults)} {}

    /// In the place of chip.conversion().
    void conversion(AdcChip& chip, SimTime at, std::int64_t code);
    /// Late conversions up to and including `at`: in the place of chip.advanceTo().
    void advanceTo(AdcChip& chip, SimTime at);
    /// When advanceTo() must be called for a late conversion.
    std::optional<SimTime> wake() const;

private:
    struct Late {
        SimTime at{};
        std::int64_t code{};
    };
    std::vector<ConversionFault> faults_;
    std::deque<Late> late_;  ///< none overtakes another
};

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>

#include "hil/port/io_error.h"
#include "sim/base/expected.h"
#include "sim/base/quantity.h"

namespace jh {

/// What people have at hand besides loads: the supply switch of the indicator, a thermometer, a
/// hand radio, a screwdriver; for an indicator alone a cable and a climate chamber. Each may be
/// refused where the bench has none.
class Surroundings {
public:
    virtual ~Surroundings() = default;
    /// Of the air at the scale; nothing without a thermometer.
    virtual std::optional<Temperature> temperature() const = 0;
    [[nodiscard]] virtual Expected<void, IoError> switchSupply(bool on) = 0;
    /// The key of a radio beside indicator and junction box (HB 44 N.1.6).
    [[nodiscard]] virtual Expected<void, IoError> keyRadio(bool on) = 0;
    /// The trim of one cell (its place in the scale's list) so that it counts for this share more.
    [[nodiscard]] virtual Expected<void, IoError> trimCell(std::size_t cell, double change) = 0;
    /// So much more resistance in every pair of wires between source and indicator, as a longer
    /// cable brings (R 76-1 C.3.3.2.4); 0 takes it out again.
    [[nodiscard]] virtual Expected<void, IoError> insertCable(Resistance /*loop*/) {
        return Unexpected<IoError>{{IoError::Kind::refused, "there is no cable to insert"}};
    }
    /// The climate chamber with the indicator in it goes to this temperature (R 76-1 A.5.3).
    [[nodiscard]] virtual Expected<void, IoError> setTemperature(Temperature /*t*/) {
        return Unexpected<IoError>{{IoError::Kind::refused, "there is no climate chamber"}};
    }
};

}  // namespace jh

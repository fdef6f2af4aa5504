// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>

#include "hil/port/io_error.h"
#include "sim/base/expected.h"
#include "sim/base/quantity.h"

namespace jh {

/// What people have at hand besides loads: the supply switch of the indicator, a thermometer, a
/// hand radio, a screwdriver. Each may be refused where the bench has none.
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
};

}  // namespace jh

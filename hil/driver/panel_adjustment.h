// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "firmware-bridge/native/native_host.h"
#include "firmware-bridge/reference/indicator_core.h"
#include "hil/port/clock.h"
#include "hil/port/indicator.h"

namespace jh {

/// Adjustment by a person at the keys of a simulated indicator, for families that cannot be
/// adjusted over the wire.
class PanelAdjustment final : public Adjustment {
public:
    /// `core` runs the reference firmware; all must outlive this object. `unit` is what it shows.
    PanelAdjustment(NativeHost& core, Clock& clock, MassUnit unit)
        : core_{core}, clock_{clock}, unit_{unit} {}

    Expected<void, IoError> adjustZero() override;
    Expected<void, IoError> adjustSpan(ExactMass load) override;
    Expected<void, IoError> seal() override;

private:
    Expected<void, IoError> press(jh_core_command command, std::int64_t mass_mg = 0);

    NativeHost& core_;
    Clock& clock_;
    MassUnit unit_;
};

}  // namespace jh

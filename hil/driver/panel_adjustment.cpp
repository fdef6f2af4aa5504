// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/driver/panel_adjustment.h"

#include "hil/driver/modbus_indicator.h"

namespace jh {

Expected<void, IoError> PanelAdjustment::press(jh_core_command command, std::int64_t mass_mg) {
    const SimTime begin = nextOn(commandGrid, clock_.now());
    if (auto waited = clock_.waitUntil(begin); !waited) return waited;
    const auto now_us = static_cast<std::uint64_t>(clock_.now() / 1us);
    if (command != JH_CORE_SEAL) jh_core_execute(core_.state(), now_us, JH_CORE_UNLOCK, 0);
    const jh_core_outcome outcome = jh_core_execute(core_.state(), now_us, command, mass_mg);
    // A menu is gone through, and the indicator shows the outcome.
    if (auto waited = clock_.waitUntil(begin + commandTakes); !waited) return waited;
    switch (outcome) {
        case JH_CORE_DONE:
            return {};
        case JH_CORE_NOT_STABLE:
            return Unexpected<IoError>{{IoError::Kind::refused, "at the keys: not stable"}};
        case JH_CORE_SEALED:
            return Unexpected<IoError>{{IoError::Kind::refused, "at the keys: sealed"}};
        case JH_CORE_NO_WEIGHT:
            return Unexpected<IoError>{{IoError::Kind::refused, "at the keys: no weight shown"}};
        case JH_CORE_OUT_OF_RANGE:
            break;
    }
    return Unexpected<IoError>{{IoError::Kind::refused, "at the keys: out of range"}};
}

Expected<void, IoError> PanelAdjustment::adjustZero() {
    return press(JH_CORE_ADJUST_ZERO);
}

Expected<void, IoError> PanelAdjustment::adjustSpan(ExactMass load) {
    constexpr std::int64_t million = 1'000'000;
    // The firmware counts millionths of its unit.
    return press(JH_CORE_ADJUST_SPAN, load.wholeParts(ExactMass::one(unit_)) * million);
}

Expected<void, IoError> PanelAdjustment::seal() {
    return press(JH_CORE_SEAL);
}

}  // namespace jh

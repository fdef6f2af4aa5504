// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>

#include "hil/port/clock.h"
#include "hil/port/indicator.h"
#include "sim/plant/plant.h"

namespace jh {

/// A remote display, printer or computer: what it shows is what the indicator sent it `lag` ago,
/// unless something is wrong with it. It has no keys.
class SecondDisplay final : public Indicator {
public:
    /// `wrong` tells what is wrong with it just now.
    SecondDisplay(Indicator& sender, Clock& clock, SimTime lag,
                  std::function<std::optional<SecondDisplayFault>()> wrong)
        : sender_{sender}, clock_{clock}, lag_{lag}, wrong_{std::move(wrong)} {}

    Expected<Reading, IoError> read() override;
    Expected<IndicatorIdentity, IoError> identify() override { return noKeys(); }
    Expected<void, IoError> zero() override { return noKeys(); }
    Expected<void, IoError> tare() override { return noKeys(); }
    Expected<void, IoError> clearTare() override { return noKeys(); }

private:
    static Unexpected<IoError> noKeys();
    Reading shown(Reading sent);

    Indicator& sender_;
    Clock& clock_;
    SimTime lag_;
    std::function<std::optional<SecondDisplayFault>()> wrong_;
    std::optional<Reading> held_;  ///< of a display that holds on to an old value
};

}  // namespace jh

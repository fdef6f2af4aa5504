// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/hash.h"
#include "sim/base/sim_time.h"

namespace jh {

/// A converter as a firmware meets it: levels on pins, in time. What it measures comes in as
/// conversions of its own free-running clock; what the firmware does on its pins decides whether
/// and how it gets them. Calls must not go back in time.
class AdcChip {
public:
    struct Pin {
        std::string_view name;  ///< as in the data sheet
        bool drivenByChip{};    ///< an output, or an open-drain line that the chip pulls down
        bool level{};           ///< at rest, before anybody drives it
    };
    /// What the firmware did or missed; counted by the host, told in the record.
    struct Notice {
        SimTime at{};
        std::string what;
    };

    virtual ~AdcChip() = default;
    AdcChip() = default;
    AdcChip(const AdcChip&) = delete;
    AdcChip& operator=(const AdcChip&) = delete;

    virtual const std::vector<Pin>& pins() const = 0;
    /// A conversion ended. `code` counts steps of the converter at its highest gain (that of the
    /// model which the bench converts with), with its noise, not yet limited to the range: what
    /// the gain of now makes of it is the chip's business.
    virtual void conversion(SimTime at, std::int64_t code) = 0;
    /// The firmware puts a level on a pin.
    virtual void drive(std::size_t pin, bool level, SimTime at) = 0;
    /// Timers of the chip up to and including `at`.
    virtual void advanceTo(SimTime at) = 0;
    /// When advanceTo() must be called next.
    virtual std::optional<SimTime> wake() const = 0;
    /// Level of a pin that the chip drives.
    virtual bool level(std::size_t pin) const = 0;

    /// Conversions since power-on, and those of them that were read whole.
    virtual std::uint64_t converted() const = 0;
    virtual std::uint64_t taken() const = 0;
    virtual std::vector<Notice> takeNotices() = 0;
    /// Supply comes: registers as after power-on.
    virtual void powerOn(SimTime at) = 0;
    virtual void hashInto(Hash& hash) const = 0;
};

}  // namespace jh

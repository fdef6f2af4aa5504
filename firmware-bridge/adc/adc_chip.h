// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
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
        bool openDrain{};       ///< both sides only pull it down
    };
    /// What the firmware did or missed; counted by the host, told in the record.
    struct Notice {
        SimTime at{};
        std::string what;
    };

    virtual ~AdcChip() = default;
    AdcChip(const AdcChip&) = delete;
    AdcChip& operator=(const AdcChip&) = delete;

    virtual const std::vector<Pin>& pins() const = 0;
    /// A conversion ended. `code` counts steps of the converter at its highest gain (that of the
    /// model which the bench converts with), with its noise, not yet limited to the range: what
    /// the gain of now makes of it is the chip's business.
    virtual void conversion(SimTime at, std::int64_t code) = 0;
    /// The firmware puts a level on a pin; on an open-drain line low pulls and high lets go.
    virtual void drive(std::size_t pin, bool level, SimTime at) = 0;
    /// Timers of the chip up to and including `at`.
    virtual void advanceTo(SimTime at) = 0;
    /// When advanceTo() must be called next.
    virtual std::optional<SimTime> wake() const = 0;
    /// Level of a pin that the chip drives. High where it does not: the board pulls up.
    virtual bool level(std::size_t pin) const = 0;

    /// Conversions given out since power-on, and those of them that were read whole. Nothing is
    /// given out while the chip settles, calibrates or sleeps; the difference is what the firmware
    /// missed, or has still to read.
    std::uint64_t converted() const { return converted_; }
    std::uint64_t taken() const { return taken_; }
    std::vector<Notice> takeNotices() { return std::exchange(notices_, {}); }
    /// Supply comes: registers as after power-on.
    virtual void powerOn(SimTime at) = 0;
    virtual void hashInto(Hash& hash) const;

protected:
    /// `rate_Hz`: conversions a second that come from the bench.
    explicit AdcChip(int rate_Hz);

    int rate_Hz() const { return rate_Hz_; }
    SimTime period() const { return SimTime{1s} / rate_Hz_; }
    SimTime now() const { return now_; }
    /// Time goes on.
    void pass(SimTime at);
    /// Counters as after power-on.
    void restart(SimTime at);
    void countGiven() { ++converted_; }
    void countTaken() { ++taken_; }
    void say(SimTime at, std::string what);
    /// The firmware has set a rate: told once per change when the bench converts at another.
    void rateSet(SimTime at, std::int64_t millihertz);

private:
    int rate_Hz_;
    SimTime now_{};
    std::int64_t millihertzSet_{};
    std::uint64_t converted_{}, taken_{};
    std::vector<Notice> notices_;
};

/// code * numerator / denominator to the nearest step, halves away from zero. Both above zero, the
/// numerator up to 2^30; codes beyond 2^32 are far outside every range and taken as 2^32.
std::int64_t scaled(std::int64_t code, std::int64_t numerator, std::int64_t denominator);

/// Limited to 24 bits in two's complement: -0x800000 to 0x7FFFFF.
std::int32_t limited(std::int64_t code);

}  // namespace jh

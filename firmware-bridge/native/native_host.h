// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "firmware-bridge/abi/jh_firmware.h"
#include "sim/base/exact_mass.h"
#include "sim/base/hash.h"
#include "sim/base/sim_time.h"

namespace jh {

/// A byte on the wire, at the moment its stop bit has passed.
struct TimedByte {
    SimTime at{};
    std::uint8_t byte{};
};

/// Runs a firmware inside this process in lock step: it is handed conversions and bytes with their
/// time, and what it sends leaves at the baud rate. Calls must not go back in time.
class NativeHost {
public:
    /// Powers the firmware on at time 0. 11 bits per character (8N2 or 8E1).
    NativeHost(const jh_firmware_api& api, std::vector<std::uint8_t> nonvolatile, int baud);
    /// The state block points into the non-volatile memory, so a copy would share it.
    NativeHost(const NativeHost&) = delete;
    NativeHost& operator=(const NativeHost&) = delete;
    NativeHost(NativeHost&&) = default;
    NativeHost& operator=(NativeHost&&) = default;
    ~NativeHost() = default;

    void conversion(SimTime at, std::int32_t code);
    void receive(SimTime at, std::uint8_t byte);
    /// Starts anew with what the non-volatile memory holds; what was on its way out is lost.
    void powerOn(SimTime at);
    /// Runs timers up to and including `until`.
    void runUntil(SimTime until);

    /// Next byte whose stop bit has passed by `by`, in order.
    std::optional<TimedByte> takeTransmitted(SimTime by);
    /// When the firmware next wants to run, or the next byte on its way out will be complete;
    /// nothing when it only waits for input.
    std::optional<SimTime> nextEvent() const;

    /// The firmware's own memory, for firmware that has a door of its own to it
    /// (firmware-bridge/reference/indicator_core.h).
    void* state() { return state_.data(); }
    SimTime byteTime() const { return byteTime_; }
    /// For the ground-truth column only. The firmware counts millionths of `unit`.
    ExactMass unrounded(MassUnit unit = MassUnit::kg) const;
    std::span<const std::uint8_t> nonvolatile() const { return nonvolatile_; }
    void hashInto(Hash& hash) const;

private:
    void advanceTo(SimTime at);
    void collect(SimTime now);
    std::optional<SimTime> wake() const;

    const jh_firmware_api* api_;
    std::vector<std::uint8_t> nonvolatile_;
    std::vector<std::uint64_t> state_;
    std::vector<TimedByte> transmitted_;
    std::size_t taken_{};
    SimTime byteTime_{}, lineFree_{}, now_{};
};

}  // namespace jh

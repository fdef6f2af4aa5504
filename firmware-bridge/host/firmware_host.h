// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sim/base/exact_mass.h"
#include "sim/base/hash.h"
#include "sim/base/sim_time.h"

namespace jh {

/// A byte on the wire, at the moment its stop bit has passed.
struct TimedByte {
    SimTime at{};
    std::uint8_t byte{};
};

/// Runs a firmware in lock step with the plant: it is handed what happens at its terminals with
/// the time, and stops exactly where it is told. Whoever uses it does not know whether the
/// firmware runs in this process, in another one or on an emulated chip. Calls must not go back in
/// time; what is handed in for one moment comes in the order of the calls.
class FirmwareHost {
public:
    virtual ~FirmwareHost() = default;
    FirmwareHost() = default;
    FirmwareHost(const FirmwareHost&) = delete;
    FirmwareHost& operator=(const FirmwareHost&) = delete;
    FirmwareHost(FirmwareHost&&) = default;
    FirmwareHost& operator=(FirmwareHost&&) = default;

    /// The converter has finished a conversion; its code is not yet limited to 24 bits.
    virtual void conversion(SimTime at, std::int64_t code) = 0;
    /// A byte has arrived complete on the UART.
    virtual void receive(SimTime at, std::uint8_t byte) = 0;
    /// Starts anew with what the non-volatile memory holds; what was on its way out is lost.
    virtual void powerOn(SimTime at) = 0;
    /// Supply goes: nothing runs until powerOn().
    virtual void powerOff(SimTime at) = 0;
    /// Up to and including `until`.
    virtual void runUntil(SimTime until) = 0;
    /// Until the next byte it sends has left, at most until `limit`; where it stopped.
    virtual SimTime runUntilByte(SimTime limit) = 0;

    /// Next byte whose stop bit has passed by `by`, in order.
    virtual std::optional<TimedByte> takeTransmitted(SimTime by) = 0;
    virtual SimTime byteTime() const = 0;
    /// For the ground-truth column only: what is shown before rounding, where the host can see it.
    virtual std::optional<ExactMass> unrounded(MassUnit unit) const = 0;
    /// Why it cannot go on; nothing as long as it can.
    virtual std::optional<std::string> lost() const { return std::nullopt; }
    virtual void hashInto(Hash& hash) = 0;
};

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "firmware-bridge/host/board_survey.h"
#include "sim/base/hash.h"
#include "sim/base/sim_time.h"

namespace jh {

/// Something that came out of an emulated board.
struct BoardEvent {
    enum class Kind {
        byte,     ///< sent on the UART; `value`
        pin,      ///< a traced pin; `name`, `value` 0 or 1
        lamp,     ///< `name`, `value` 1 when lit
        display,  ///< `name` is the text now shown
        notice,   ///< `name`: what the firmware did that a maker wants to know
        lost      ///< `name`: why it cannot go on
    };
    SimTime at{};
    Kind kind{};
    int value{};
    std::string name;
};

/// What a firmware cost.
struct BoardFigures {
    std::uint64_t cycles{}, asleep{};    ///< since power-on
    std::uint64_t converted{}, taken{};  ///< conversions, and those that were read whole
    std::uint64_t nonvolatileWrites{}, resets{};
    std::optional<std::uint32_t> leastStackFree;  ///< bytes of RAM that nobody ever wrote
    /// How far its clock had gone beyond the bench's when it took something or stopped, at most.
    SimTime lateness{};
};

/// Addresses in flash, the last one not among them.
struct AddressRange {
    std::uint32_t from{}, to{};
    friend bool operator==(const AddressRange&, const AddressRange&) = default;
};

/// A board with a firmware, on the far side of a process border: what a host program runs. Times
/// count from its beginning. What is handed in must not go back in time.
class HostedBoard {
public:
    virtual ~HostedBoard() = default;
    HostedBoard() = default;
    HostedBoard(const HostedBoard&) = delete;
    HostedBoard& operator=(const HostedBoard&) = delete;

    /// Code of the converter at its highest gain, not limited to its range.
    virtual void conversion(SimTime at, std::int64_t code) = 0;
    /// A byte has arrived complete on the UART.
    virtual void receive(SimTime at, std::uint8_t byte) = 0;
    /// False where the board has no such button.
    virtual bool press(SimTime at, const std::string& button, bool pressed) = 0;
    virtual void powerOn(SimTime at) = 0;
    virtual void powerOff(SimTime at) = 0;

    /// Everything handed in until `until` happens on the way. Stops early after the first byte that
    /// has left, if asked; returns where it stands.
    virtual SimTime runUntil(SimTime until, bool stopAtByte) = 0;
    /// What came out since the last call, by time.
    virtual std::vector<BoardEvent> takeEvents() = 0;

    virtual std::vector<std::uint8_t> nonvolatile() const = 0;
    virtual BoardFigures figures() const = 0;
    /// What the program did since power-on; nothing where it was started without being watched.
    virtual BoardSurvey survey() { return {}; }
    /// First words of the instructions that were ever executed, by address; nothing where it was
    /// started without that being wanted.
    virtual std::vector<AddressRange> executed() const { return {}; }
    /// Program counter and, where symbols exist, the function.
    virtual std::string whereabouts() const = 0;
    virtual void hashInto(Hash& hash) const = 0;
    /// Serves a debugger on this TCP port, to this machine alone, until it lets go. What runs in a
    /// process of its own only lets one attach there. Why there is none, or nothing.
    virtual std::string debug(int port) = 0;
};

}  // namespace jh

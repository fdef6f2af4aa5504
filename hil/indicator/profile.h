// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/sim_time.h"

namespace jh {

/// One value in an indicator's holding registers, at its wire address (first register is 0).
struct RegisterField {
    enum class Type { u16, i16, u32, i32 };  ///< 32 bit: two registers, high word first
    int address{};
    Type type{Type::u16};
    /// The value is a mass in units of 10^-decimals kg; without it a plain number.
    bool mass{};
    int words() const { return type == Type::u32 || type == Type::i32 ? 2 : 1; }
};

/// Register map and habits of one family of indicators. From a file in scenarios/indicators/.
struct IndicatorProfile {
    std::string title;
    int station{1};  ///< Modbus unit id
    int baud{9600};
    SimTime replyTimeout{500ms};

    /// Read in one transaction for a Reading, so that its values belong together.
    int readingAddress{}, readingCount{};
    /// Names used: status, gross, net, tare, interval, decimals, type, firmware, serial, checksum,
    /// event_counter, max, interval_1, interval_2, command, parameter, command_state
    std::map<std::string, RegisterField> fields;
    /// Bits of `status`: stable, zero_centre, net, overload, underload, fault
    std::map<std::string, int> statusBits;
    /// Value of a mass field that shows no mass (blanked display).
    std::optional<std::int64_t> blank;
    /// Codes for the command register: zero, tare, clear_tare, adjust_zero, adjust_span, unlock,
    /// seal
    std::map<std::string, int> commands;
    /// Meaning of `command_state`: done, busy; the rest are refusals and their reason.
    std::map<int, std::string> commandStates;
    std::optional<std::int64_t> unlockCode;
};

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hil/modbus/station.h"
#include "sim/base/sim_time.h"

namespace jh {

/// One value in an indicator's registers.
struct RegisterField {
    enum class Type { u16, i16, u32, i32, f32 };  ///< 32 bit: two registers
    ModbusTable table{ModbusTable::holdingRegisters};
    int address{};  ///< on the wire, first register 0
    Type type{Type::u16};
    /// A part of the register, from this bit on; 0 bits: all of it.
    int firstBit{}, bits{};
    /// Status bit that says negative: the number itself is a magnitude.
    std::string sign;
    /// Status bit above the highest bit of the number (17-bit values).
    std::string highBit;
    /// What its codes mean: an interval, decimals, a unit, the outcome of a command.
    std::map<int, std::string> values;
    bool writable{};
    bool sealed{};       ///< writable after unlocking alone
    int count{1};        ///< in a file: so many of them in a row, named NAME_1, NAME_2 ...
    std::string source;  ///< where this is known from; empty: as the file
    int words() const { return type == Type::u16 || type == Type::i16 ? 1 : 2; }
};

/// A yes or no that an indicator tells in its status.
struct StatusBit {
    std::string field{"status"};
    int bit{}, bits{1};
    std::vector<int> is;  ///< values of these bits that mean yes; empty: 1
    bool inverted{};
    /// Not told at all: so many equal readings in a row mean yes (0: it is told).
    int observed{};
    std::string source;
};

/// How a family takes commands; what is not given is not there.
struct CommandStyle {
    enum class Order { before, together, after };  ///< when the parameter is written
    std::string field;  ///< register for the code; empty: each command has its coil
    Order parameter{Order::before};
    bool zeroBetween{};   ///< the same code again wants a 0 in between
    bool selfClearing{};  ///< code or coil reads 0 when the command has been taken
    std::string echo;     ///< field in which the code comes back
    std::string trigger;  ///< field that wants `triggerValue` after the code
    int triggerValue{1};
    std::string counter, counterEcho;  ///< a number that changes with each command, and its echo
    std::string handshake;       ///< status bit raised when taken; the code goes back to 0 after it
    std::string result, reason;  ///< fields whose `values` mean done, busy or a refusal
    bool parameterCleared{};     ///< the parameter reads 0 when carried out
    ModbusException refusal{ModbusException::none};  ///< none: a refusal shows nowhere or in result
    SimTime duration{};                              ///< until the outcome shows
    friend bool operator==(const CommandStyle&, const CommandStyle&) = default;
};

/// One command in a style of its family.
struct CommandRule {
    std::string style;                 ///< empty where the family has one style only
    std::string field;                 ///< other than the style's
    std::optional<std::int64_t> code;  ///< none: the parameter is written in its place
    std::optional<int> coil;           ///< wire address
    std::string parameter;             ///< field for the load, or for `value`
    std::optional<std::int64_t> value;
    /// No command but arithmetic of the client: copies this field into `field` ...
    std::string copy;
    /// ... or writes load / (this field - `zero`) in steps of 10^-`exponent` into `field`.
    std::string slope, zero;
    int exponent{};
    std::vector<std::string> first, then;  ///< commands before and after it
    std::string source;
};

/// A frame printed in a manual: what one half must send and the other understand.
struct FrameExample {
    std::string request, reply;                ///< bytes in hexadecimal, CRC included
    std::string command;                       ///< that makes this request ...
    std::map<std::string, std::int64_t> says;  ///< ... or the raw values the reply holds
    std::optional<std::int64_t> parameter;
    std::string erratum;  ///< what is wrong with it in print: it must be refused
    std::string source;
};

/// Register map and habits of one family of indicators. From a file in scenarios/indicators/.
struct IndicatorProfile {
    std::string title;
    std::map<std::string, std::string> sources;  ///< what the file and its parts are known from
    std::string source;                          ///< of everything that names no other
    /// The reference firmware itself answers with this map; else its core stands behind it.
    bool ownFirmware{};
    int station{1};  ///< Modbus unit id
    int baud{9600};
    SimTime replyTimeout{500ms};
    SimTime replyDelay{};  ///< that the simulated half takes

    std::vector<int> functions{3, 16};
    int mostRead{125}, mostWritten{123};  ///< registers in one request
    bool lowWordFirst{};                  ///< of 32-bit values
    bool wholeFields{};                   ///< a request that cuts a 32-bit value gets exception 02
    bool gapsReadable{};                  ///< registers without a field read 0
    bool silentOnUnknownFunction{};
    /// Number that the manual gives to the first register or coil on the wire.
    int firstHolding{}, firstInput{}, firstCoil{};

    /// Names: hil/scenario/check_profile.cpp has the list.
    std::map<std::string, RegisterField> fields;
    std::map<std::string, StatusBit> statusBits;
    int decimals{};  ///< of masses, where no field `decimals` tells
    /// Value of a mass that is not shown; none: the registers count on.
    std::optional<std::int64_t> blank;
    std::map<std::string, CommandStyle> commandStyles;
    std::map<std::string, CommandRule> commands;
    std::map<int, std::string> exceptions;  ///< in the maker's meaning
    std::vector<FrameExample> examples;

    const CommandStyle& styleOf(const CommandRule& rule) const;
};

/// Masses among the fields: they count in units of 10^-decimals of the unit shown.
bool isMassField(const std::string& name);

}  // namespace jh

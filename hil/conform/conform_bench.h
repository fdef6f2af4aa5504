// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "hil/conform/conform.h"
#include "hil/conform/raw_modbus_client.h"
#include "hil/driver/modbus_indicator.h"

namespace jh {

/// Registers of one table from the first to the last that any field has.
struct TableExtent {
    ModbusTable table{};
    int first{}, end{};
    std::vector<bool> known;
    bool knows(int address) const {
        return address >= first && address < end &&
               known[static_cast<std::size_t>(address - first)];
    }
};

/// What a request may be answered with.
struct Wanted {
    bool data{};
    std::vector<int> exceptions;  ///< -1: any
    bool silence{}, closed{};
    std::string key;     ///< of the profile, or the clause of a standard
    std::string text{};  ///< in place of the list of outcomes
    std::string from{};  ///< name of a source of the profile; empty: the profile's own
};

/// What all checks of an indicator share: its line, its profile, the report that grows.
class ConformBench {
public:
    ConformBench(const IndicatorProfile& p, RawClient& line, Clock& time, const ScaleModel& on,
                 const ConformOptions& how);

    const IndicatorProfile& profile;
    RawClient& client;
    Clock& clock;
    const ScaleModel& scale;
    const ConformOptions& options;
    RawModbusClient modbus;
    ModbusIndicator indicator;
    ConformReport report;

    bool lost() const { return !report.lost.empty(); }
    void section(const std::string& name) { section_ = name; }
    bool speaks(int function) const;
    std::vector<TableExtent> extents() const;

    RawAnswer ask(const std::vector<std::uint8_t>& pdu) { return askUnit(options.unit, pdu); }
    RawAnswer askUnit(int unit, const std::vector<std::uint8_t>& pdu);
    RawAnswer readRegisters(ModbusTable table, int address, int count);
    std::vector<RawAnswer> send(const std::vector<TimedPiece>& pieces, std::size_t answers);
    /// A request of which everything is known to be right; none when the profile has none.
    std::optional<std::vector<std::uint8_t>> soundRead() const;

    void add(ConformVerdict verdict, const std::string& tried, const std::string& expected,
             const std::string& source, const std::string& found);
    void judge(const std::string& tried, const Wanted& wanted, const RawAnswer& answer);
    void notTried(const std::string& tried, const std::string& why);

    std::string say(const RawAnswer& answer) const;
    std::string say(const Wanted& wanted) const;
    std::string say(int exception) const;
    std::string origin(const std::string& key, const std::string& source = {}) const;
    void lose(const IoError& why);

private:
    std::string section_;
};

std::vector<std::uint8_t> readPdu(int function, int address, int count);
int readFunction(ModbusTable table);
/// "holding register 7 (40008)": on the wire, and as the manual counts.
std::string placeOf(const IndicatorProfile& profile, ModbusTable table, int address, int count = 1);

/// All of it.
void conformAll(ConformBench& bench);
// The sections of the report, in this order.
void conformFunctions(ConformBench& bench);
void conformQuantities(ConformBench& bench);
void conformLongWrite(ConformBench& bench);
void conformAddresses(ConformBench& bench);
void conformFields(ConformBench& bench);
void conformUnits(ConformBench& bench);
void conformFrames(ConformBench& bench);
void conformTiming(ConformBench& bench);
void conformStep(ConformBench& bench);
void conformCommands(ConformBench& bench);
void conformSeal(ConformBench& bench);

}  // namespace jh

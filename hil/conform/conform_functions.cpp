// SPDX-License-Identifier: GPL-3.0-or-later
// Functions, quantities and unit ids.
#include <fmt/format.h>

#include <algorithm>

#include "hil/conform/conform_bench.h"

namespace jh {

namespace {

using Pdu = std::vector<std::uint8_t>;

/// Known registers in a row, the longest such place in a table.
TableExtent longestRun(const TableExtent& extent) {
    int bestFirst = extent.first, bestLength = 0, first = extent.first;
    for (int address = extent.first; address <= extent.end; ++address) {
        if (extent.knows(address)) continue;
        if (address - first > bestLength) {
            bestFirst = first;
            bestLength = address - first;
        }
        first = address + 1;
    }
    return {extent.table, bestFirst, bestFirst + bestLength, {}};
}

/// A request that changes nothing whoever carries it out, or is refused for its structure before.
Pdu harmless(const ConformBench& bench, int function) {
    const auto byte = static_cast<std::uint8_t>(function);
    const auto extents = bench.extents();
    switch (function) {
        case 3:
        case 4:
            for (const TableExtent& extent : extents) {
                if (readFunction(extent.table) == function) {
                    return readPdu(function, extent.first, 2);
                }
            }
            return readPdu(function, 0, 2);
        case 1:
        case 2: {
            int first = 0;
            for (const auto& [name, rule] : bench.profile.commands)
                first = rule.coil.value_or(first);
            return readPdu(function, first, 1);
        }
        case 5:
            return {byte, 0, 0, 0x12, 0x34};  // neither on nor off
        case 15:
        case 16:
            return {byte, 0, 0, 0, 0, 0};  // none of them
        case 23:
            return {byte, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        case 43:
            return {byte, 0x0E, 0x01, 0x00};
        default:
            return {byte};
    }
}

const char* nameOf(int function) {
    switch (function) {
        case 1:
            return "read coils";
        case 2:
            return "read discrete inputs";
        case 3:
            return "read holding registers";
        case 4:
            return "read input registers";
        case 5:
            return "write one coil";
        case 7:
            return "read exception status";
        case 15:
            return "write coils";
        case 16:
            return "write registers";
        case 17:
            return "report server id";
        case 23:
            return "read and write registers";
        case 43:
            return "read device identification";
        default:
            return "of no standard";
    }
}

Wanted refusalOf(const ConformBench& bench) {
    Wanted wanted;
    if (bench.profile.silentOnUnknownFunction) {
        wanted.silence = true;
        wanted.key = "silent_on_unknown_function";
    } else {
        wanted.exceptions = {1};
        wanted.key = "functions";
    }
    return wanted;
}

}  // namespace

void conformFunctions(ConformBench& bench) {
    bench.section("Functions");
    for (const int function : {1, 2, 3, 4, 5, 7, 15, 16, 17, 23, 43, 65}) {
        const std::string tried = fmt::format("function {:02X}, {}", function, nameOf(function));
        const RawAnswer answer = bench.ask(harmless(bench, function));
        if (!bench.speaks(function)) {
            bench.judge(tried, refusalOf(bench), answer);
            continue;
        }
        // Known: whatever it says to the rest of the request, it is not "no such function".
        bench.judge(tried, {true, {2, 3, 4}, false, false, "functions", "no exception 01"}, answer);
    }
    // Function 06 has no form that could not write: not without --write.
    const auto extents = bench.extents();
    const auto holding = std::find_if(extents.begin(), extents.end(), [](const TableExtent& e) {
        return e.table == ModbusTable::holdingRegisters;
    });
    const std::string tried = "function 06, write one register: with the value it holds";
    if (!bench.options.write || holding == extents.end()) {
        return bench.notTried(
            tried, bench.options.write ? "no holding register is known" : "it writes: --write");
    }
    const RawAnswer now = bench.readRegisters(holding->table, holding->first, 1);
    if (now.pdu.size() != 4) return bench.notTried(tried, "the register cannot be read alone");
    Pdu same = readPdu(6, holding->first, now.pdu[2] * 256 + now.pdu[3]);
    Wanted wanted = refusalOf(bench);
    if (bench.speaks(6)) wanted = {true, {2, 3, 4}, false, false, "functions", "no exception 01"};
    bench.judge(tried, wanted, bench.ask(same));
}

void conformQuantities(ConformBench& bench) {
    bench.section("Quantities");
    const int most = bench.profile.mostRead;
    for (const TableExtent& extent : bench.extents()) {
        const TableExtent run = longestRun(extent);
        const auto tried = [&](int count) {
            return fmt::format("{} register{} from {}", count, count == 1 ? "" : "s",
                               placeOf(bench.profile, run.table, run.first));
        };
        const Wanted structure{false, {3}, false, false, "application protocol 1.1b3, 6.3"};
        bench.judge(tried(0), structure, bench.readRegisters(run.table, run.first, 0));
        const bool wide = std::any_of(
            bench.profile.fields.begin(), bench.profile.fields.end(), [&](const auto& f) {
                return f.second.table == run.table && f.second.address == run.first &&
                       f.second.words() == 2;
            });
        const bool cut = wide && bench.profile.wholeFields;
        bench.judge(tried(1),
                    cut ? Wanted{false, {2}, false, false, "whole_fields"}
                        : Wanted{true, {}, false, false, "fields"},
                    bench.readRegisters(run.table, run.first, 1));
        // A map may be shorter than the longest request: then it ends (02), but is not too many.
        const bool fits = run.first + most <= run.end ||
                          (bench.profile.gapsReadable && run.first + most <= extent.end);
        Wanted longest{true, {}, false, false, "most_read"};
        if (!fits || bench.profile.wholeFields) longest.exceptions = {2};
        longest.data = fits;
        bench.judge(tried(most), longest, bench.readRegisters(run.table, run.first, most));
        if (most < 125) {
            bench.judge(tried(most + 1), {false, {3}, false, false, "most_read"},
                        bench.readRegisters(run.table, run.first, most + 1));
        }
        bench.judge(tried(126), structure, bench.readRegisters(run.table, run.first, 126));
    }
}

/// As many as a frame can carry, where there are none: nothing is changed.
void conformLongWrite(ConformBench& bench) {
    constexpr int most = 123, nowhere = 60'000;
    if (!bench.options.write || !bench.speaks(16)) return;
    Pdu pdu = readPdu(16, nowhere, most);
    pdu.push_back(2 * most);
    pdu.resize(pdu.size() + std::size_t{2} * most);
    bench.judge(fmt::format("{} registers written behind the map", most),
                {false, {2, 3}, false, false, "fields"}, bench.ask(pdu));
}

void conformUnits(ConformBench& bench) {
    bench.section("Unit ids");
    const auto read = bench.soundRead();
    if (!read) return;
    const bool tcp = bench.client.wire() == LineWire::tcp;
    for (const int other : {bench.options.unit % 247 + 1, 247}) {
        if (other == bench.options.unit) continue;
        Wanted wanted{false, {}, true, false, "messaging on TCP 1.0b, 4.4.1.2"};
        wanted.exceptions = {10, 11};
        if (!tcp) wanted = {false, {}, true, false, "serial line 1.02, 2.2"};
        bench.judge(fmt::format("unit {}, which is not its own", other), wanted,
                    bench.askUnit(other, *read));
    }
    if (tcp) {
        for (const int direct : {0, 255}) {
            bench.judge(fmt::format("unit {}, the device itself", direct),
                        {true, {10, 11}, true, false, "messaging on TCP 1.0b, 4.4.1.2"},
                        bench.askUnit(direct, *read));
        }
    } else {
        bench.judge("unit 0, a broadcast", {false, {}, true, false, "serial line 1.02, 2.1"},
                    bench.askUnit(0, *read));
    }
    bench.judge(fmt::format("unit {}, its own", bench.options.unit),
                {true, {}, false, false, "station"}, bench.ask(*read));
}

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
// Addresses before, in, across and behind the map, and 32-bit values that are cut.
#include <fmt/format.h>

#include "hil/conform/conform_bench.h"

namespace jh {

namespace {

constexpr int lastAddress = 65535;

void tryEdges(ConformBench& bench, const TableExtent& extent) {
    const Wanted outside{false, {2}, false, false, "fields"};
    const auto read = [&](const std::string& what, int address, int count) {
        bench.judge(what + ": " + placeOf(bench.profile, extent.table, address, count), outside,
                    bench.readRegisters(extent.table, address, count));
    };
    if (extent.first > 0) {
        read("before the map", extent.first - 1, 1);
        read("across its beginning", extent.first - 1, 2);
    } else {
        bench.notTried("before the map", "it begins at the first register there is");
    }
    if (extent.end <= lastAddress) {
        read("across its end", extent.end - 1, 2);
        read("behind the map", extent.end, 1);
        read("the last register there is", lastAddress, 1);
    }
    read("beyond the last register there is", lastAddress, 2);
}

/// The first and the last of the gaps, which have no field.
void tryGaps(ConformBench& bench, const TableExtent& extent) {
    std::vector<int> gaps;
    for (int address = extent.first + 1; address < extent.end; ++address) {
        if (!extent.knows(address) && extent.knows(address - 1)) gaps.push_back(address);
    }
    if (gaps.empty()) {
        return bench.notTried("a gap in the map",
                              placeOf(bench.profile, extent.table, extent.first) +
                                  " and those behind it have no gap");
    }
    Wanted wanted{false, {2}, false, false, "gaps_readable"};
    if (bench.profile.gapsReadable) wanted = {true, {}, false, false, "gaps_readable"};
    const std::vector<int> ends =
        gaps.size() == 1 ? gaps : std::vector<int>{gaps.front(), gaps.back()};
    for (const int gap : ends) {
        bench.judge("a gap: " + placeOf(bench.profile, extent.table, gap), wanted,
                    bench.readRegisters(extent.table, gap, 1));
    }
}

/// Half of a value, and halves of two neighbours.
void tryCuts(ConformBench& bench, const TableExtent& extent) {
    Wanted wanted{true, {}, false, false, "whole_fields"};
    if (bench.profile.wholeFields) wanted = {false, {2}, false, false, "whole_fields"};
    bool half = false, halves = false;
    for (const auto& [name, field] : bench.profile.fields) {
        if (field.table != extent.table || field.words() != 2) continue;
        const int second = field.address + 1;
        if (!half) {
            bench.judge(fmt::format("the second half of {}: {}", name,
                                    placeOf(bench.profile, extent.table, second)),
                        wanted, bench.readRegisters(extent.table, second, 1));
            half = true;
        }
        if (!halves && extent.knows(second + 1)) {
            bench.judge(fmt::format("half of {} and what follows: {}", name,
                                    placeOf(bench.profile, extent.table, second, 2)),
                        wanted, bench.readRegisters(extent.table, second, 2));
            halves = true;
        }
    }
}

}  // namespace

void conformAddresses(ConformBench& bench) {
    bench.section("Addresses");
    for (const TableExtent& extent : bench.extents()) {
        tryEdges(bench, extent);
        tryGaps(bench, extent);
        tryCuts(bench, extent);
    }
}

}  // namespace jh

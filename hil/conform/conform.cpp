// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/conform/conform.h"

#include <algorithm>

#include "hil/conform/conform_bench.h"

namespace jh {

const char* word(ConformVerdict verdict) {
    constexpr const char* words[] = {"ok", "differs", "not tried"};
    return words[static_cast<int>(verdict)];
}

int ConformReport::count(ConformVerdict verdict) const {
    return static_cast<int>(std::count_if(
        lines.begin(), lines.end(), [&](const ConformLine& l) { return l.verdict == verdict; }));
}

void conformAll(ConformBench& bench) {
    for (const auto& check :
         {conformFunctions, conformQuantities, conformLongWrite, conformAddresses, conformFields,
          conformUnits, conformFrames, conformTiming, conformStep, conformCommands, conformSeal}) {
        if (!bench.lost()) check(bench);
    }
}

ConformReport conform(const IndicatorProfile& profile, RawClient& client, Clock& clock,
                      const ScaleModel& scale, const ConformOptions& options) {
    ConformBench bench{profile, client, clock, scale, options};
    conformAll(bench);
    return bench.report;
}

}  // namespace jh

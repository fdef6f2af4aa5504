// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/adc/conversion_faults.h"

#include <algorithm>

namespace jh {

void ConversionFaults::conversion(AdcChip& chip, SimTime at, std::int64_t code) {
    constexpr std::int64_t beyond = std::int64_t{1} << 32;  // any range at any gain
    advanceTo(chip, at);
    SimTime ready = at;
    for (const ConversionFault& fault : faults_) {
        if (at < fault.from || at >= fault.until) continue;
        switch (fault.kind) {
            case ConversionFault::Kind::saturatedHigh:
                code = beyond;
                break;
            case ConversionFault::Kind::saturatedLow:
                code = -beyond;
                break;
            case ConversionFault::Kind::stuck:
                code = fault.code;
                break;
            case ConversionFault::Kind::missing:
                return;
            case ConversionFault::Kind::late:
                ready += fault.delay;
                break;
        }
    }
    if (!late_.empty()) ready = std::max(ready, late_.back().at);
    if (ready > at) {
        late_.push_back({ready, code});
    } else {
        chip.conversion(at, code);
    }
}

void ConversionFaults::advanceTo(AdcChip& chip, SimTime at) {
    while (!late_.empty() && late_.front().at <= at) {
        chip.conversion(late_.front().at, late_.front().code);
        late_.pop_front();
    }
    chip.advanceTo(at);
}

std::optional<SimTime> ConversionFaults::wake() const {
    if (late_.empty()) return {};
    return late_.front().at;
}

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/loop/converter_output.h"

#include <algorithm>

namespace jh {

void ConverterOutput::converted(SimTime at, std::int64_t code,
                                const std::optional<ConverterFault>& fault) {
    // Beyond any range at any gain; each chip limits it to its own.
    constexpr std::int64_t beyond = std::int64_t{1} << 32;
    SimTime ready = at;
    if (fault) {
        switch (fault->state) {
            case ConverterState::saturatedHigh:
                code = beyond;
                break;
            case ConverterState::saturatedLow:
                code = -beyond;
                break;
            case ConverterState::stuck:
                code = last_;
                break;
            case ConverterState::missing:
                return;
            case ConverterState::late:
                ready += fault->delay;
                break;
        }
    }
    last_ = code;
    if (!waiting_.empty()) ready = std::max(ready, waiting_.back().at);
    waiting_.push_back({ready, code});
}

std::optional<ConverterOutput::Code> ConverterOutput::take(SimTime by) {
    if (waiting_.empty() || waiting_.front().at > by) return std::nullopt;
    const Code code = waiting_.front();
    waiting_.pop_front();
    return code;
}

std::optional<SimTime> ConverterOutput::next() const {
    if (waiting_.empty()) return std::nullopt;
    return waiting_.front().at;
}

void ConverterOutput::hashInto(Hash& hash) const {
    for (const Code& code : waiting_) {
        hash.add(static_cast<std::uint64_t>(code.at.count()));
        hash.add(static_cast<std::uint64_t>(code.code));
    }
}

}  // namespace jh

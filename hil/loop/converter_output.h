// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <deque>
#include <optional>

#include "sim/base/hash.h"
#include "sim/base/sim_time.h"
#include "sim/fault/fault.h"

namespace jh {

/// Stands between a converter and the firmware: what its fault makes of each code, and when it is
/// handed over. None overtakes another.
class ConverterOutput {
public:
    struct Code {
        SimTime at{};  ///< when it is handed over
        std::int64_t code{};
    };

    /// A conversion ended; calls must not go back in time.
    void converted(SimTime at, std::int64_t code, const std::optional<ConverterFault>& fault);
    /// The next that is handed over by `by`.
    std::optional<Code> take(SimTime by);
    /// When the next one that waits is handed over.
    std::optional<SimTime> next() const;
    /// The supply has gone: what waits is lost.
    void clear() { waiting_.clear(); }
    /// Adds nothing while none waits.
    void hashInto(Hash& hash) const;

private:
    std::deque<Code> waiting_;
    std::int64_t last_{};
};

}  // namespace jh

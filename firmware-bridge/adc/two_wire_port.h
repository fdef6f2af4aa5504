// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

#include "sim/base/hash.h"
#include "sim/base/sim_time.h"

namespace jh {

/// Clock and data of the converters with two wires. The data line falls when a conversion is
/// ready; each rising edge of the clock puts a bit out, MSB first, 24 of them, and ones after that.
/// The word is latched at the first edge. A conversion that ends during a read waits until the read
/// is over: 24 pulses or more, and then the clock low for `rest`. A second one ends any read.
class TwoWirePort {
public:
    /// The same time as of a power-down by a high clock; how long a pause within the pulses after
    /// the word may be, no data sheet says.
    static constexpr SimTime rest = 60us;

    /// `dataValid`: after a rising edge. `update`: how long the line of an unread conversion is
    /// high before the next one.
    TwoWirePort(SimTime dataValid, SimTime update) : dataValid_{dataValid}, update_{update} {}

    /// Nothing is ready, no read is under way; the clock stays where it is.
    void clear();
    /// The clock line. Returns true when the last bit of an unread conversion goes out.
    bool clock(bool high, SimTime at);
    /// Pulses of the read that is over now. `conversion`: one ends now.
    std::optional<int> endRead(SimTime at, bool conversion);
    /// A conversion to give out; ready at once, or after the read that is under way.
    void give(std::int32_t code, SimTime at);
    void advanceTo(SimTime at);
    std::optional<SimTime> wake() const;

    bool line() const { return line_; }
    bool clockHigh() const { return high_; }
    SimTime clockSince() const { return since_; }  ///< last edge
    /// Rising edges of the read that is under way, 0 between reads.
    int pulses() const { return pulses_; }
    /// The read under way began without a conversion to read: it gets ones.
    bool empty() const { return empty_; }
    void hashInto(Hash& hash) const;

private:
    void show(SimTime at);
    void changeLater(bool level, SimTime at);

    SimTime dataValid_, update_;
    bool high_{};
    SimTime since_{};
    bool line_{true};
    bool nextLine_{true};
    std::optional<SimTime> lineAt_;  ///< when it becomes `nextLine_`
    bool ready_{};                   ///< result_ is unread
    bool waiting_{};                 ///< result_ is for after the read
    bool empty_{};
    int pulses_{};
    std::int32_t result_{};
    std::uint32_t shift_{};
};

}  // namespace jh

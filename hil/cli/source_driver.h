// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <memory>
#include <optional>

#include "hil/cli/indicator_wire.h"
#include "hil/indicator/source_calibration.h"
#include "hil/loop/wall_clock.h"

namespace jh {

/// A signal source on a real wire that is set by hand, as for its calibration. It is driven to its
/// safe value when this goes, whatever happened.
class SourceDriver {
public:
    /// `profile` and `stop` outlive this; what waits ends as `interrupted` soon after `stop` is
    /// set.
    [[nodiscard]] static Expected<std::unique_ptr<SourceDriver>, IoError> open(
        const WirePlace& place, const SourceProfile& profile, const std::atomic<bool>& stop);
    ~SourceDriver();
    SourceDriver(const SourceDriver&) = delete;
    SourceDriver& operator=(const SourceDriver&) = delete;

    /// So many steps into its register, then `settle` of waiting.
    Expected<void, IoError> set(std::int64_t steps, SimTime settle);
    /// What is at the terminals of a simulated source; a real one cannot tell.
    Expected<BridgeRatio, IoError> readBack();
    /// How long a simulated source takes from `least` to `most`, to a step or 10 ppm of the change
    /// as is more; from the request on. Nothing when it did not come to rest.
    Expected<std::optional<SimTime>, IoError> measureSettling();
    /// Also when it was asked to stop. Whether it was done.
    bool driveSafe();
    const std::string& name() const { return wire_->name(); }

private:
    SourceDriver(std::unique_ptr<IndicatorWire> wire, const SourceProfile& profile,
                 const std::atomic<bool>& stop)
        : wire_{std::move(wire)}, profile_{profile}, clock_{stop} {}
    Expected<void, IoError> write(std::int64_t steps);

    std::unique_ptr<IndicatorWire> wire_;
    const SourceProfile& profile_;
    WallClock clock_;
    bool safe_{};
};

}  // namespace jh

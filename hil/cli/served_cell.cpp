// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/served_cell.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "firmware-bridge/reference/indicator_core.h"
#include "hil/cli/power_on.h"
#include "sim/base/check.h"

namespace jh {

namespace {

/// The least step of the form 1, 2 or 5 that is not finer than a count.
ExactMass stepFor(ExactMass count) {
    for (ExactMass step = ExactMass::g(1);; step = step * 10) {
        for (const int times : {1, 2, 5}) {
            if (step * times >= count) return step * times;
        }
    }
}

/// Works-fresh electronics of one cell. It neither tracks zero nor sets it by itself, and it rests
/// when it moves by less than half its v_min.
NativeHost electronics(const IndicatorProfile& profile, const CellType& type,
                       IndicatorSettings settings, const DigitalCellsModel& box, int address) {
    const ExactMass capacity = ExactMass::nearest(type.capacity);
    const auto counts = static_cast<std::int64_t>(box.countsAtFullScale);
    ScaleModel alone;
    alone.ranges = {{capacity, stepFor(capacity.dividedBy(counts))}};
    const Mass vMin = type.capacity / type.minDeadLoadOutput_Y;
    settings.stabilityBand_d = 0.5 * (vMin / alone.firstInterval().mass());
    settings.trackingRate_d_s = 0.0;
    settings.initialZeroRange_pct = 0.0;
    settings.zeroRange_pct = 100.0;
    long serial = 0;
    std::from_chars(settings.serial.data(), settings.serial.data() + settings.serial.size(),
                    serial);
    settings.serial = std::to_string(serial + address);
    NativeHost host = powerOn(alone, settings, profile, {});
    JH_CHECK(jh_core_execute(host.state(), 0, JH_CORE_UNLOCK, 0) == JH_CORE_DONE);
    JH_CHECK(jh_core_set_dead_load(host.state(), 0) == JH_CORE_DONE);
    constexpr std::int64_t codesPerCount = 256;
    JH_CHECK(jh_core_set_span(host.state(), capacity.inMg(), codesPerCount * counts) ==
             JH_CORE_DONE);
    JH_CHECK(jh_core_execute(host.state(), 0, JH_CORE_SEAL, 0) == JH_CORE_DONE);
    return host;
}

}  // namespace

ServedCell::ServedCell(const IndicatorProfile& profile, const CellType& type,
                       const IndicatorSettings& settings, VirtualBench& bench, int address,
                       std::function<void()> catchUpBench)
    : FollowingStation{station_},
      bench_{bench},
      address_{address},
      catchUpBench_{std::move(catchUpBench)},
      core_{electronics(profile, type, settings, *bench.box(), address)},
      station_{profile, core_, [this] { return bench_.now(); }} {
    station_.temperature = [this] { return bench_.plant().cellTemperature(cell()); };
}

/// The cell that has this address just now, among those of the plant.
std::size_t ServedCell::cell() const {
    const std::vector<int>& addresses = bench_.cells().address;
    const auto found = std::find(addresses.begin(), addresses.end(), address_);
    JH_CHECK(found != addresses.end());
    return static_cast<std::size_t>(found - addresses.begin());
}

void ServedCell::converted(SimTime at) {
    if (silent()) return;
    core_.runUntil(at);
    core_.conversion(at, bench_.cells().counted[cell()]);
}

bool ServedCell::silent() const {
    return !bench_.supplied() || bench_.cells().silent[cell()];
}

void ServedCell::catchUp() {
    catchUpBench_();
    core_.runUntil(bench_.now());
}

}  // namespace jh

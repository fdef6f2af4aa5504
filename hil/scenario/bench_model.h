// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "hil/indicator/source_profile.h"
#include "hil/modbus/character_format.h"
#include "sim/base/sim_time.h"

namespace jh {

/// Where a device is reached: a serial device or an address; the two others are empty.
struct DevicePlace {
    std::string rtu;  ///< "/dev/ttyUSB0"
    int baud{9600};
    CharacterFormat format{CharacterFormat::e81};
    std::string tcp;         ///< "192.168.0.100:502"
    std::string rtuOverTcp;  ///< an address too, of a serial server
    int unit{1};
};

/// A signal source that gives a real indicator what the simulated scale would.
struct BenchSource {
    SourceProfile profile;
    DevicePlace place;
};

/// Real parts that take the place of simulated ones. The run is then by the clock.
struct BenchModel {
    DevicePlace indicator;
    std::optional<BenchSource> source;  ///< none: a person places real loads on a real scale
    SimTime period{1ms};                ///< of the loop
    SimTime patience{10s};              ///< with a device that is gone, before the run ends
    /// Of a run that may count: at 99.9 % of the ticks the lateness, and the share of missed ones.
    SimTime latenessBudget{1ms};
    double missedBudget{1e-3};
};

}  // namespace jh

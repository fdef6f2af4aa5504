// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>
#include <string>

#include "hil/scenario/load.h"

namespace jh::validate {

template <class T>
T orThrow(Expected<T, Diagnostics> read) {
    if (!read) throw std::runtime_error{read.error().front().text()};
    return *std::move(read);
}

/// Shipped data by name: "100t-18x3-8c", "china-6axle-49t".
inline ScaleModel scaleNamed(const std::string& name) {
    return orThrow(loadScale(dataFolder() / "scales" / (name + ".yaml")));
}
inline VehicleModel vehicleNamed(const std::string& name) {
    return orThrow(loadVehicle(dataFolder() / "vehicles" / (name + ".yaml")));
}

}  // namespace jh::validate

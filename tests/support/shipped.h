// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>
#include <string>

#include "hil/scenario/load.h"

namespace jh::test {

/// A shipped verification by its name, "100t-jjg539-initial".
inline Scenario shipped(const std::string& name) {
    auto scenario = loadScenario(dataFolder() / "verifications" / (name + ".yaml"));
    if (!scenario) throw std::runtime_error{scenario.error().front().text()};
    return *scenario;
}

inline Scenario shipped(const std::string& name, std::uint64_t seed) {
    return withSeed(shipped(name), seed);
}

inline const char* const shippedHealthy[] = {"100t-jjg539-initial", "60t-jjg539-initial",
                                             "30t-jjg539-initial", "150t-jjg539-initial",
                                             "150t-60t-multi-jjg539-initial"};

}  // namespace jh::test

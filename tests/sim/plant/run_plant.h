// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sim/plant/plant.h"

namespace jh::test {

/// What all cells feel together, deck included.
inline double sum_kg(const Plant& plant) {
    double sum_N = 0.0;
    for (const Force f : plant.cellForces()) sum_N += f.si();
    return sum_N / plant.parts().site.gravity.si();
}

/// In windows of a converter at 10 Hz.
inline void run(Plant& plant, SimTime time) {
    constexpr SimTime window = 100ms;
    for (const SimTime end = plant.now() + time; plant.now() < end;) plant.convert(window);
}

}  // namespace jh::test

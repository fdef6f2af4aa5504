// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "sim/base/sim_time.h"

namespace jh {

/// One line of a spectrum: amplitude cos(2 pi (frequency t + phase)).
struct Harmonic {
    double frequency_Hz{}, amplitude{}, phaseInTurns{};
};

/// A sum of harmonics on a fixed grid of time, constant between its points. Each step turns a set
/// of hands by a fixed angle; every 1024 steps they are set anew, so the value depends on the time
/// alone, not on the way there.
class HarmonicSum {
public:
    HarmonicSum() = default;
    HarmonicSum(const std::vector<Harmonic>& lines, SimTime grid);

    bool empty() const { return lines_.empty(); }
    /// Value at `t`, not before the last one asked for.
    double at(SimTime t);

private:
    /// Four lines side by side, which the CPU turns together; the amplitude is in the hands.
    struct Hands {
        std::array<double, 4> cos{}, sin{}, turnCos{}, turnSin{};
    };
    void set(std::int64_t step);
    void turn();
    void add();

    std::vector<Harmonic> lines_;
    SimTime grid_{1};
    std::int64_t step_{-1};
    double value_{};
    std::vector<Hands> hands_;
};

}  // namespace jh

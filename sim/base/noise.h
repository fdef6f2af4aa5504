// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "sim/base/hash.h"

namespace jh {

/// What chance decides: the parts of a scale once and for all, everything else anew whenever
/// somebody comes to it.
struct Seeds {
    std::uint64_t scale{}, visit{};

    /// The first visit.
    Seeds(std::uint64_t seed) : scale{seed}, visit{seed} {}
    /// The same scale on visit `number`; 0 is the first.
    Seeds(std::uint64_t seed, std::uint64_t number);
};

/// One named source of chance. Derived from the seed of the run and its own name, so adding a
/// source shifts no other. xoshiro256** (Blackman and Vigna 2018) seeded by splitmix64.
class NoiseStream {
public:
    NoiseStream(std::uint64_t seed, std::string_view name);

    std::uint64_t bits();
    /// In [0, 1).
    double uniform();
    double uniform(double low, double high) { return low + (high - low) * uniform(); }
    /// Mean 0, standard deviation 1 (Marsaglia's polar method).
    double gaussian();

    void hashInto(Hash& hash) const;

private:
    std::array<std::uint64_t, 4> state_{};
    double spare_{};
    bool hasSpare_{};
};

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/model/weights_model.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/base/portable_math.h"

namespace jh {

namespace {

struct MpeRow {
    int nominal_kg;
    std::array<int, 5> mpe_mg;  // M1, M1-2, M2, M2-3, M3
};

// The intermediate classes start at 50 kg; below, the next better one holds.
constexpr std::array<MpeRow, 9> mpeTable{{
    {10, {500, 500, 1600, 1600, 5000}},
    {20, {1000, 1000, 3000, 3000, 10000}},
    {50, {2500, 5000, 8000, 16000, 25000}},
    {100, {5000, 10000, 16000, 30000, 50000}},
    {200, {10000, 20000, 30000, 60000, 100000}},
    {500, {25000, 50000, 80000, 160000, 250000}},
    {1000, {50000, 100000, 160000, 300000, 500000}},
    {2000, {100000, 200000, 300000, 600000, 1000000}},
    {5000, {250000, 500000, 800000, 1600000, 2500000}},
}};

/// Cast iron with its cavity, and how a cube of it comes out.
constexpr Density iron{7200.0};

struct CastBlock {
    double mass_kg;
    BlockSize size;
};
constexpr std::array<CastBlock, 3> castBlocks{{{500.0, {Length{0.40}, Length{0.45}}},
                                               {1000.0, {Length{0.60}, Length{0.48}}},
                                               {2000.0, {Length{0.75}, Length{0.55}}}}};

}  // namespace

BlockSize blockSize(Mass mass) {
    // Weights within a gram per kilogram of a cast size are of that size, dirt and all.
    constexpr double alike = 5e-3;
    const double cube_m = portablePow(std::max(mass.si(), 1e-6) / iron.si(), 1.0 / 3.0);
    BlockSize smaller{};
    for (const CastBlock& block : castBlocks) {
        if (std::abs(mass.si() / block.mass_kg - 1.0) <= alike) return block.size;
        if (mass.si() < block.mass_kg) {
            const Length side{std::clamp(cube_m, smaller.side.si(), block.size.side.si())};
            return {side, Length{cube_m}};
        }
        smaller = block.size;
    }
    return {Length{std::max(cube_m, smaller.side.si())}, Length{cube_m}};
}

std::chrono::year_month_day WeightsCertificate::until() const {
    using namespace std::chrono;
    const year_month_day same = date + std::chrono::months{months};
    const year_month_day last = same.ok() ? same : same.year() / same.month() / std::chrono::last;
    return sys_days{last} - days{1};
}

const char* name(WeightClass weightClass) {
    constexpr std::array names{"M1", "M1-2", "M2", "M2-3", "M3", "F"};
    return names[static_cast<std::size_t>(weightClass)];
}

ExactMass weightMpe(WeightClass weightClass, ExactMass nominal) {
    if (weightClass == WeightClass::F) return nominal.times(1, 10'000);
    const MpeRow* row = &mpeTable.front();
    for (const MpeRow& candidate : mpeTable) {
        if (ExactMass::kg(candidate.nominal_kg) <= nominal) row = &candidate;
    }
    const std::int64_t rowMpe = row->mpe_mg[static_cast<std::size_t>(weightClass)];
    return ExactMass::mg(rowMpe).times(
        nominal.wholeParts(ExactMass::mg(100)),
        ExactMass::kg(row->nominal_kg).wholeParts(ExactMass::mg(100)));
}

}  // namespace jh

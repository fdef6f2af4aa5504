// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/model/weights_model.h"

#include <array>

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

}  // namespace

ExactMass weightMpe(WeightClass weightClass, ExactMass nominal) {
    const MpeRow* row = &mpeTable.front();
    for (const MpeRow& candidate : mpeTable) {
        if (ExactMass::kg(candidate.nominal_kg) <= nominal) row = &candidate;
    }
    const std::int64_t rowMpe = row->mpe_mg[static_cast<std::size_t>(weightClass)];
    return ExactMass::mg(rowMpe * nominal.inMg() / ExactMass::kg(row->nominal_kg).inMg());
}

}  // namespace jh

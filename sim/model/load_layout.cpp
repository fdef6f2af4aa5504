// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/model/load_layout.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace jh {

namespace {

/// Hands and slings need this much between two blocks.
constexpr Length gap{0.1};
/// Between a block and the truck.
constexpr Length clearOfTruck{0.3};

struct Offset {
    double x, y;
};
/// Around a support, in sides of a block: point-symmetric pairs; then the next layer.
constexpr std::array<Offset, 8> stack{{{-0.5, -0.5},
                                       {0.5, 0.5},
                                       {-0.5, 0.5},
                                       {0.5, -0.5},
                                       {-1.5, -0.5},
                                       {1.5, 0.5},
                                       {-1.5, 0.5},
                                       {1.5, -0.5}}};

/// Slot in a row of `slots` along the deck for the i-th block, so that any even number of blocks
/// lies symmetric and roughly even: pairs from both ends in bit-reversed order.
int slotOf(int i, int slots) {
    const int pairs = (slots + 1) / 2;
    int bits = 1;
    while ((1 << bits) < pairs) ++bits;
    int wanted = i / 2;
    for (int n = 0; n < (1 << bits); ++n) {
        int reversed = 0;
        for (int b = 0; b < bits; ++b) reversed |= ((n >> b) & 1) << (bits - 1 - b);
        if (reversed >= pairs) continue;
        if (wanted-- == 0) return i % 2 == 0 ? reversed : slots - 1 - reversed;
    }
    return slots / 2;
}

}  // namespace

Length frontAxleOver(const VehicleModel& vehicle, Length place) {
    return place + centreOfGravity(vehicle);
}

LoadLayout::LoadLayout(const ScaleModel& scale, const WeightsModel& weights)
    : scale_{scale}, side_{blockSize(weights.block.mass()).side}, pitch_{side_ + gap} {
    for (const SubstitutionModel& load : weights.substitution) {
        if (!load.vehicle) continue;
        const VehicleModel& truck = *load.vehicle;
        const Length ahead = centreOfGravity(truck) + truck.frontOverhang;
        const Length behind =
            truck.axles.back().position + truck.rearOverhang - centreOfGravity(truck);
        keptFree_ = std::max(ahead, behind) + clearOfTruck;
    }
    const auto fit = [this](Length room) {
        return std::max(1, static_cast<int>(std::floor(room / pitch_)));
    };
    const int mostColumns = fit(usable()), mostRows = fit(scale.deck.width);
    while (rows_ < mostRows && rows_ * mostColumns < weights.blocks) ++rows_;
    columns_ = std::min(mostColumns, (weights.blocks + rows_ - 1) / rows_);
    // An odd row would put two blocks into its middle.
    if (columns_ % 2 == 1) columns_ += columns_ < mostColumns || columns_ == 1 ? 1 : -1;
}

BlockPlace LoadLayout::spread(int index) const {
    const int layer = index / (rows_ * columns_), inLayer = index % (rows_ * columns_);
    const int pair = inLayer / 2, mirrored = inLayer % 2;
    const int row = pair % rows_;
    const int slot = slotOf(2 * (pair / rows_) + mirrored, columns_);
    const double share = (slot + 0.5) / columns_;
    const Length x = usable() * share + (share > 0.5 ? keptFree_ * 2.0 : Length{});
    const Length y = pitch_ * (row - (rows_ - 1) / 2.0);
    return {x, mirrored == 0 ? y : -y, layer};
}

PlanePoint LoadLayout::overSupport(std::size_t support, Length halfLength, Length halfWidth) const {
    const CellPlace& cell = scale_.cells[support];
    const Length length = scale_.deck.length();
    const Length most = scale_.deck.width / 2.0 - halfWidth;
    const Length off = std::min(Length{std::abs(cell.y.si())}, most);
    return {std::clamp(cell.x, halfLength, length - halfLength), cell.y > Length{} ? off : -off};
}

BlockPlace LoadLayout::atSupport(int index, std::size_t support) const {
    const PlanePoint centre = overSupport(support, side_ * 2.0, side_);
    const auto places = static_cast<int>(stack.size());
    const Offset offset = stack[static_cast<std::size_t>(index % places)];
    return {centre.x + side_ * offset.x, centre.y + side_ * offset.y, index / places};
}

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "hil/scenario/describe.h"

namespace jh {

namespace {

void checkCrane(const Fields& fields, const CraneModel& crane) {
    if (!fields.sound({"crane.load_chart"})) return;
    if (crane.chart.empty()) {
        fields.problem("crane.load_chart", "expected at least one row: radius and most");
    }
    for (std::size_t i = 1; i < crane.chart.size(); ++i) {
        const ChartRow &row = crane.chart[i], &before = crane.chart[i - 1];
        if (row.radius > before.radius && row.most <= before.most) continue;
        fields.problem(fmt::format("crane.load_chart[{}]", i),
                       "further out it lifts no more: radius must rise and mass fall");
    }
}

void checkCart(const Fields& fields, const CartModel& cart) {
    if (!fields.sound({"cart.vehicle", "cart.counts_as"})) return;
    if (cart.vehicle.fifthWheel) {
        return fields.problem("cart.vehicle", "a cart has no semitrailer");
    }
    const double own_kg = staticsOf(cart.vehicle).total.si();
    const double nominal_kg = cart.countsAs.mass().si();
    constexpr double alike_kg = 0.5;
    if (std::abs(own_kg - nominal_kg) <= alike_kg) return;
    fields.problem("cart.counts_as",
                   fmt::format("the axles of the empty cart carry {:.1f} kg", own_kg));
}

}  // namespace

void checkTestTruck(const Fields& fields, const TestTruckModel& truck) {
    if (!truck.crane && !truck.cart) {
        fields.problem("",
                       "has neither `crane` nor `cart`: nothing brings the weights to the deck");
    }
    if (truck.crane) checkCrane(fields, *truck.crane);
    if (truck.cart) checkCart(fields, *truck.cart);
}

void checkWeights(const Fields& fields, const WeightsModel& weights) {
    const WeightsCondition& condition = weights.condition;
    for (const auto& [key, count] : {std::pair{"condition.lost_caps", condition.lostCaps},
                                     std::pair{"condition.chipped", condition.chipped}}) {
        if (fields.sound({key, "blocks"}) && count > weights.blocks) {
            fields.problem(key, fmt::format("there are only {} blocks", weights.blocks));
        }
    }
    if (fields.sound({"test_truck", "block"}) && weights.truck && weights.truck->cart) {
        const ExactMass own = weights.truck->cart->countsAs;
        if (own.wholeParts(weights.block) * weights.block != own) {
            fields.problem("test_truck",
                           fmt::format("the cart of {} kg is not a whole number of blocks of {} kg",
                                       own.kgText(), weights.block.kgText()));
        }
    }
    int trucks = 0;
    for (std::size_t i = 0; i < weights.substitution.size(); ++i) {
        if (weights.substitution[i].kind != SubstitutionKind::truck) continue;
        const std::string path = fmt::format("substitution[{}]", i);
        if (++trucks > 1) fields.problem(path, "there is room for one truck in the middle");
        if (trucks == 1 && i + 1 == weights.substitution.size()) {
            fields.problem(path,
                           "the last kind repeats, and a second truck has no room; add another "
                           "kind behind it");
        }
        if (weights.truck && weights.truck->cart) {
            fields.problem(path, "would stand in the way of the weight cart");
        }
    }
}

}  // namespace jh

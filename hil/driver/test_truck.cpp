// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/driver/test_truck.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "sim/base/check.h"

namespace jh {

namespace {

/// Hands off, step back.
constexpr SimTime handsOff = 2s;
/// The cart waits before the deck with its front axle here.
constexpr Length beforeDeck{-1.0};
/// Longer than any drive over a deck.
constexpr SimTime driveLimit = 10min;
/// Crane and outriggers keep this far from the ends of the deck when they stand beside it.
constexpr Length standFromEnd{1.0};

Length distance(PlanePoint a, PlanePoint b) {
    const double x_m = (a.x - b.x).si(), y_m = (a.y - b.y).si();
    return Length{std::sqrt(x_m * x_m + y_m * y_m)};
}

}  // namespace

Expected<void, IoError> waitForArrival(VirtualBench& bench, std::size_t vehicle) {
    const SimTime limit = bench.now() + driveLimit;
    while (bench.plant().traffic()->onTheWay(vehicle)) {
        JH_CHECK(bench.now() < limit);
        if (auto waited = bench.waitUntil(bench.now() + 500ms); !waited) return waited;
    }
    return bench.waitUntil(bench.now() + handsOff);
}

TestTruck::TestTruck(VirtualBench& bench, const ScaleModel& scale, const WeightsModel& weights,
                     std::uint64_t seed, std::function<Weight(int, PlanePoint)> blockOf)
    : bench_{bench},
      scale_{scale},
      weights_{weights},
      truck_{*weights.truck},
      layout_{scale, weights},
      blockOf_{std::move(blockOf)},
      swing_{seed, "swing of the hook load"} {
    if (!truck_.cart) return;
    NoiseStream luck{seed, "weight cart"};
    cartMass_ = truck_.cart->countsAs.mass() + truck_.cart->knownTo * luck.uniform(-1.0, 1.0);
}

Expected<void, IoError> TestTruck::place(int count, std::optional<std::size_t> support) {
    return truck_.cart ? byCart(count, support) : byCrane(count, support);
}

Expected<void, IoError> TestTruck::byCrane(int count, std::optional<std::size_t> support) {
    for (;;) {
        const auto present = static_cast<int>(standing_.size());
        if (present == count) return {};
        auto moved = present < count ? lower(present, support) : hoist();
        if (!moved) return moved;
    }
}

/// Moves the crane where it cannot reach from where it stands; the time of one cycle from there.
Expected<SimTime, IoError> TestTruck::swingTo(PlanePoint place, Mass mass) {
    const CraneModel& crane = *truck_.crane;
    const auto radiusFrom = [&](Length stand) { return distance({stand, -crane.beside}, place); };
    SimTime moving{};
    if (!stand_ || crane.mostAt(radiusFrom(*stand_)) < mass) {
        const Length abreast =
            std::clamp(place.x, standFromEnd, scale_.deck.length() - standFromEnd);
        // The first time it stands in the middle where that will do.
        const Length middle = scale_.deck.length() / 2.0;
        const bool first = !stand_ && crane.mostAt(radiusFrom(middle)) >= mass;
        if (stand_) moving = crane.moveStand;
        stand_ = first ? middle : abreast;
    }
    const Length radius = radiusFrom(*stand_);
    if (crane.mostAt(radius) < mass) {
        return Unexpected<IoError>{
            {IoError::Kind::refused,
             fmt::format(
                 "the crane cannot lift {:.0f} kg at {:.2f} m: its load chart allows {:.0f} "
                 "kg there",
                 mass.si(), radius.si(), crane.mostAt(radius).si())}};
    }
    return moving + craneCycle(crane, radius, mass);
}

HookPlan TestTruck::hookPlan(HookTask task, const Weight& weight, int layer) {
    const BlockSize size = blockSize(weights_.block.mass());
    HookPlan plan = planMove(task, *truck_.crane, weight.mass, size, {weight.x, weight.y}, swing_);
    plan.base = size.height * layer;
    return plan;
}

Expected<void, IoError> TestTruck::lower(int index, std::optional<std::size_t> support) {
    const BlockPlace place = support ? layout_.atSupport(index, *support) : layout_.spread(index);
    const Weight weight = blockOf_(index, {place.x, place.y});
    const auto cycle = swingTo({place.x, place.y}, weight.mass);
    if (!cycle) return Unexpected<IoError>{cycle.error()};
    // Up from the bed, across and down; the empty hook goes back while others look at the scale.
    const SimTime landing = hookTime(*truck_.crane);
    if (auto waited = waitFor(std::max(*cycle - landing - handsOff, SimTime{})); !waited) {
        return waited;
    }
    const int id = bench_.plant().lower(weight, hookPlan(HookTask::lowering, weight, place.layer));
    standing_.push_back({id, weight, place.layer});
    return waitFor(landing + handsOff);
}

Expected<void, IoError> TestTruck::hoist() {
    const OnDeck top = standing_.back();
    const auto cycle = swingTo({top.weight.x, top.weight.y}, top.weight.mass);
    if (!cycle) return Unexpected<IoError>{cycle.error()};
    const SimTime lifting = hookTime(*truck_.crane);
    if (auto waited = waitFor(truck_.crane->hookOn); !waited) return waited;
    bench_.plant().hoist(top.id, hookPlan(HookTask::lifting, top.weight, top.layer));
    standing_.pop_back();
    return waitFor(std::max(*cycle - truck_.crane->hookOn, lifting + handsOff));
}

Expected<void, IoError> TestTruck::byCart(int count, std::optional<std::size_t> support) {
    const auto own = static_cast<int>(truck_.cart->countsAs.wholeParts(weights_.block));
    if (count < own) {
        if (cart_) {
            if (auto gone = driveOff(); !gone) return gone;
        }
        return byFork(count, support);
    }
    if (auto cleared = byFork(0, support); !cleared) return cleared;
    if (auto loaded = loadCart(count - own); !loaded) return loaded;
    return cart_ ? Expected<void, IoError>{} : driveOn(support);
}

/// Single blocks on the deck, for loads below the cart's own mass.
Expected<void, IoError> TestTruck::byFork(int count, std::optional<std::size_t> support) {
    const SimTime each = std::max(truck_.cart->loadBlock, weights_.touchDown + handsOff);
    while (static_cast<int>(standing_.size()) != count) {
        const auto present = static_cast<int>(standing_.size());
        const SimTime end = bench_.now() + each;
        if (present < count) {
            const BlockPlace place =
                support ? layout_.atSupport(present, *support) : layout_.spread(present);
            const Weight weight = blockOf_(present, {place.x, place.y});
            const std::vector<int> ids = bench_.plant().setDown(
                {&weight, 1}, end - weights_.touchDown - handsOff, weights_.touchDown);
            standing_.push_back({ids.front(), weight, place.layer});
        } else {
            const std::array<int, 1> id{standing_.back().id};
            bench_.plant().lift(id, bench_.now(), weights_.touchDown);
            standing_.pop_back();
        }
        if (auto waited = bench_.waitUntil(end); !waited) return waited;
    }
    return {};
}

/// One by one, where the cart is: beside the deck, or on it without driving away.
Expected<void, IoError> TestTruck::loadCart(int blocks) {
    JH_CHECK(blocks <= truck_.cart->capacity);
    const SimTime each = std::max(truck_.cart->loadBlock, weights_.touchDown + handsOff);
    const PlanePoint middle{scale_.deck.length() / 2.0, Length{}};
    while (static_cast<int>(onCart_.size()) != blocks) {
        const bool on = static_cast<int>(onCart_.size()) < blocks;
        const auto next = static_cast<int>(onCart_.size());
        const Mass change = on ? blockOf_(next, middle).mass : onCart_.back();
        const SimTime end = bench_.now() + each;
        if (cart_) {
            bench_.plant().load(*cart_, on ? change : -change,
                                on ? end - weights_.touchDown - handsOff : bench_.now(),
                                weights_.touchDown);
        }
        if (on) {
            onCart_.push_back(change);
        } else {
            onCart_.pop_back();
        }
        if (auto waited = bench_.waitUntil(end); !waited) return waited;
    }
    return {};
}

Expected<void, IoError> TestTruck::driveOn(std::optional<std::size_t> support) {
    const CartModel& cart = *truck_.cart;
    Mass total = cartMass_;
    for (const Mass block : onCart_) total = total + block;
    const VehicleModel loaded = withTotal(cart.vehicle, total);
    const VehicleModel& v = cart.vehicle;
    const Length halfLength = (v.frontOverhang + v.axles.back().position + v.rearOverhang) / 2.0;
    const PlanePoint over = support ? layout_.overSupport(*support, halfLength, v.width / 2.0)
                                    : PlanePoint{scale_.deck.length() / 2.0, Length{}};
    if (auto turned = waitFor(cart.turn); !turned) return turned;
    DrivePlan plan;
    plan.start = {beforeDeck, over.y};
    plan.speed = cart.speed;
    plan.deceleration = cart.deceleration;
    plan.stops = {{frontAxleOver(loaded, over.x), SimTime{}}};
    cart_ = bench_.plant().drive(loaded, plan);
    return waitForArrival(bench_, *cart_);
}

Expected<void, IoError> TestTruck::driveOff() {
    DrivePlan plan;
    plan.speed = truck_.cart->speed;
    plan.deceleration = truck_.cart->deceleration;
    plan.stops = {{beforeDeck, SimTime{}}};
    bench_.plant().send(*cart_, plan);
    auto arrived = waitForArrival(bench_, *cart_);
    if (arrived) {
        bench_.plant().remove(*cart_);
        cart_.reset();
    }
    return arrived;
}

}  // namespace jh

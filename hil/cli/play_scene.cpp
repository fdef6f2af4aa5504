// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/play_scene.h"

#include <algorithm>
#include <array>
#include <memory>

#include "sim/vehicle/profile_road.h"

namespace jh {

namespace {

Placement placementOf(const ScenePlace& place) {
    return {place.frontAxle, place.lateral, place.againstX ? Heading::againstX : Heading::alongX};
}

DrivePlan planOf(const SceneDrive& drive) {
    DrivePlan plan;
    plan.start = placementOf(drive.from);
    plan.speed = drive.speed;
    plan.deceleration = drive.deceleration;
    plan.acceleration = drive.acceleration;
    for (const SceneStop& stop : drive.stops) plan.stops.push_back({stop.at, stop.wait});
    plan.leaveTo = drive.leaveTo;
    return plan;
}

std::shared_ptr<const RoadSurface> roadOf(const Scene& scene) {
    if (!scene.road) return nullptr;
    RoadProfile profile;
    profile.deckLength = scene.scale.deck.length();
    profile.edgeStep = scene.road->edgeStep;
    profile.unevenness = scene.road->unevenness;
    profile.to = std::max(profile.to, profile.deckLength + approachLength + Length{12.0});
    return std::make_shared<ProfileRoad>(profile, NoiseStream{scene.seed, "road"});
}

}  // namespace

SceneAction::SceneAction(const Scene& scene, Plant& plant)
    : scene_{scene},
      plant_{plant},
      begin_{plant.now()},
      swing_{scene.seed, "swing of the hook load"},
      handled_(scene.weights.size()) {
    plant_.setRoad(roadOf(scene));
    plant_.happened(FaultStart::after_adjustment);
    plant_.happened(FaultStart::reading);
    addVehicles();
}

void SceneAction::addVehicles() {
    NoiseStream luck{scene_.seed, "drivers"};
    for (const SceneVehicle& v : scene_.vehicles) {
        if (v.park) {
            plant_.park(v.vehicle, placementOf(v.park->at));
        } else {
            DrivePlan plan = planOf(*v.drive);
            if (v.drive->scatter) plan = withScatter(std::move(plan), {}, luck);
            plant_.drive(v.vehicle, plan);
        }
    }
}

void SceneAction::moveUntil(SimTime until) {
    for (std::size_t i = 0; i < handled_.size(); ++i) {
        const SceneWeight& w = scene_.weights[i];
        Handled& handled = handled_[i];
        if (w.hook) {
            moveByHook(w, handled, until);
        } else if (!handled.down && begin_ + w.down < until) {
            const std::array<Weight, 1> one{{{w.x, w.y, w.mass}}};
            handled.ids = plant_.setDown(one, begin_ + w.down, w.takes);
            handled.down = true;
        } else if (w.up && !handled.up && begin_ + *w.up < until) {
            plant_.lift(handled.ids, begin_ + *w.up, w.takes);
            handled.up = true;
        }
    }
}

/// The crane's winch begins at the next window.
void SceneAction::moveByHook(const SceneWeight& w, Handled& handled, SimTime until) {
    const bool comes = !handled.down && begin_ + w.down < until;
    const bool goes = handled.down && w.up && !handled.up && begin_ + *w.up < until;
    if (!comes && !goes) return;
    const HookPlan plan =
        planMove(comes ? HookTask::lowering : HookTask::lifting, *scene_.truck->crane, w.mass,
                 blockSize(w.mass), {w.x, w.y}, swing_);
    if (comes) {
        handled.ids = {plant_.lower({w.x, w.y, w.mass}, plan)};
        handled.down = true;
    } else {
        plant_.hoist(handled.ids.front(), plan);
        handled.up = true;
    }
}

ScenePlay::ScenePlay(const Scene& scene)
    : scene_{scene},
      plant_{scene.scale, scene.site, scene.seed, scene.faults},
      action_{scene_, plant_},
      window_{SimTime{1s} / scene.conversionRate_Hz} {}

BridgeRatio ScenePlay::advance() {
    action_.moveUntil(plant_.now() + window_);
    return plant_.convert(window_);
}

}  // namespace jh

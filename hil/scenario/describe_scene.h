// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "hil/scenario/fields.h"
#include "hil/scenario/scene.h"

namespace jh {

/// Pieces of a scene (hil/scenario/describe.h says how descriptions work).
void describeParking(Fields& fields, SceneParking& parking);
void describeDrive(Fields& fields, SceneDrive& drive);
void describeSceneWeight(Fields& fields, SceneWeight& weight);
void describeCraneAt(Fields& fields, PlanePoint& at);
void describeRoad(Fields& fields, SceneRoad& road);

/// Rules over several parts of a scene, given which parts are right in themselves.
struct SoundScene {
    bool scale{}, truck{};
    std::vector<bool> vehicles;
};
void checkScene(const Fields& fields, const Scene& scene, const SoundScene& sound);
/// Vehicles against each other.
void checkTraffic(const Fields& fields, const Scene& scene, const SoundScene& sound);

}  // namespace jh

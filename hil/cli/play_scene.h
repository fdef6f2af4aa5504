// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "hil/scenario/scene.h"
#include "sim/plant/plant.h"

namespace jh {

/// What a scene lets stand, drive and be set down on a plant. Faults and weather are the plant's
/// own.
class SceneAction {
public:
    /// The scene begins now, on a scale that was adjusted and has been read before. Both must
    /// outlive this object.
    SceneAction(const Scene& scene, Plant& plant);

    /// Moves that begin before `until`, which is a time of the plant; call it before each window.
    void moveUntil(SimTime until);

private:
    struct Handled {
        bool down{}, up{};
        std::vector<int> ids;
    };
    void addVehicles();
    void moveByHook(const SceneWeight& w, Handled& handled, SimTime until);

    const Scene& scene_;
    Plant& plant_;
    SimTime begin_;  ///< of the scene, in the plant's time
    NoiseStream swing_;
    std::vector<Handled> handled_;
};

/// A scene on a plant of its own, window by window.
class ScenePlay {
public:
    explicit ScenePlay(const Scene& scene);
    ScenePlay(const ScenePlay&) = delete;
    ScenePlay& operator=(const ScenePlay&) = delete;

    Plant& plant() { return plant_; }
    const Scene& scene() const { return scene_; }
    bool over() const { return plant_.now() >= scene_.duration; }
    /// One conversion; the ratio at the terminals.
    BridgeRatio advance();

private:
    Scene scene_;
    Plant plant_;
    SceneAction action_;
    SimTime window_;
};

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "hil/scenario/scene.h"
#include "sim/plant/plant.h"

namespace jh {

/// A scene on a plant of its own: what stands, drives and is set down, window by window.
class ScenePlay {
public:
    explicit ScenePlay(const Scene& scene);

    Plant& plant() { return plant_; }
    const Scene& scene() const { return scene_; }
    bool over() const { return plant_.now() >= scene_.duration; }
    /// One conversion; the ratio at the terminals.
    BridgeRatio advance();

private:
    void addVehicles();
    struct Handled {
        bool down{}, up{};
        std::vector<int> ids;
    };
    void moveWeights(SimTime until);
    void moveByHook(const SceneWeight& w, Handled& handled, SimTime until);

    Scene scene_;
    Plant plant_;
    SimTime window_;
    NoiseStream swing_;
    std::vector<Handled> handled_;
};

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/fault/fault.h"
#include "sim/model/scale_model.h"
#include "sim/model/site_model.h"
#include "sim/model/test_truck_model.h"
#include "sim/model/vehicle_model.h"

namespace jh {

/// Room before and behind the deck where vehicles begin and stop.
inline constexpr Length approachLength{30.0};

/// Where a vehicle of a scene stands, frame D.
struct ScenePlace {
    Length frontAxle;
    Length lateral;   ///< y of its centre line
    bool againstX{};  ///< its nose points against x
};

/// A vehicle that stands there from the start.
struct SceneParking {
    ScenePlace at;
    bool partlyOff{};  ///< axles beside the deck are meant
};

struct SceneStop {
    Length at;  ///< of the front axle, frame D
    SimTime wait{10s};
};

/// A vehicle that rolls from the start on, towards each stop in turn.
struct SceneDrive {
    ScenePlace from;
    Speed speed{5.0 / 3.6};
    Acceleration deceleration{0.6};
    Acceleration acceleration{0.3};
    std::vector<SceneStop> stops;
    std::optional<Length> leaveTo;
    bool scatter{};  ///< stops and line as people hit them, drawn from the seed
};

/// One of `park` and `drive` is there.
struct SceneVehicle {
    VehicleModel vehicle;
    std::optional<SceneParking> park;
    std::optional<SceneDrive> drive;
};

/// A weight that comes and, perhaps, goes.
struct SceneWeight {
    Mass mass;
    Length x, y;
    SimTime down;
    std::optional<SimTime> up;
    SimTime takes{2s};  ///< by hands or a fork
    bool hook{};        ///< comes and goes on the crane's hook, which takes its own time
    /// Side of the square that it covers.
    Length footprint() const;
};

struct SceneRoad {
    Length edgeStep{3e-3};    ///< how far the deck stands above both approaches
    Length unevenness{3e-4};  ///< standard deviation of each wheel track
};

/// What happens on a scale, without indicator and procedure: everything that decides the signals.
struct Scene {
    std::string name;  ///< file name without ending
    std::string title, titleZh;
    ScaleModel scale;
    SiteModel site;
    std::uint64_t seed{1};
    SimTime duration{};
    int conversionRate_Hz{10};      ///< 10 or 80
    std::optional<SceneRoad> road;  ///< none: smooth and level
    std::vector<SceneVehicle> vehicles;
    std::vector<SceneWeight> weights;
    std::optional<TestTruckModel> truck;
    std::optional<PlanePoint> craneAt;  ///< slewing column of its crane, beside the deck
    std::vector<Fault> faults;

    /// With every reference resolved and every default written out.
    std::string resolvedYaml;
};

}  // namespace jh

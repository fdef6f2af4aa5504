// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/base/quantity.h"

namespace jh {

enum class SuspensionKind {
    leaf,  ///< steel leaves rubbing on each other
    air,   ///< bellows and shock absorbers
};

/// What stands between an axle and the frame, for one wheel end. Ranges: docs/vehicles.md.
struct SuspensionModel {
    SuspensionKind kind{SuspensionKind::leaf};
    Stiffness stiffness{1.0e6};
    Damping damping{5e3};
    double frictionShare{0.08};   ///< Coulomb friction of the axle as a share of its static load
    Length frictionTravel{2e-3};  ///< sliding builds up over this deflection
    Length spacing{1.3};          ///< between the springs; an anti-roll bar widens it
};

/// One tyre of a truck, inflated, on a hard road.
struct TyreModel {
    Stiffness stiffness{1.0e6};  ///< vertical
    Damping damping{2.5e3};
    Stiffness grip{8e5};  ///< along and across, of the tread standing on the road
    Damping gripDamping{8e3};
    Length print{0.22};  ///< length of the contact patch
};

/// Which of the two units of a train an axle carries. A rigid truck has one.
enum class VehicleUnit { tractor, semitrailer };

struct AxleModel {
    Length position;  ///< behind the front axle of the vehicle
    Mass load;        ///< on a level road at rest, its own mass included
    Mass unsprung;    ///< axle, wheels, brakes
    VehicleUnit unit{VehicleUnit::tractor};
    bool dual{};               ///< two tyres at each end
    Length track{2.0};         ///< between the wheel ends' centres
    Length dualSpacing{0.34};  ///< between the two tyres of one end
    SuspensionModel suspension;
    TyreModel tyre;

    int tyres() const { return dual ? 4 : 2; }
};

/// What wind finds of a vehicle. Coefficients refer to these areas (docs/vehicles.md).
struct WindArea {
    Area reference{10.0};  ///< of the lift
    Area side{40.0};
    double liftCoefficient{0.5};
    double sideCoefficient{1.2};
};

/// A road vehicle as it stands on a scale: what it is, never what it does. Heights above the road.
struct VehicleModel {
    std::string title, titleZh;
    std::vector<AxleModel> axles;      ///< from the front
    std::optional<Length> fifthWheel;  ///< behind the front axle; none for a rigid truck
    Length fifthWheelHeight{1.25};
    Mass tractorKerb;             ///< of the tractor with its axles, where there is a fifth wheel
    Length tractorCgHeight{1.0};  ///< of the sprung part
    Length trailerCgHeight{2.0};
    Length frontOverhang{1.4};  ///< from the front axle to the nose
    Length rearOverhang{1.0};   ///< from the last axle to the tail
    Length width{2.5};
    Length height{3.6};
    WindArea wind;
};

/// The part of a unit that rests on its springs.
struct SprungBody {
    Mass mass;
    Mass unsprung;    ///< of the axles below it
    Length cgBehind;  ///< centre of gravity behind the front axle of the vehicle
    Length cgHeight;
    Length length;  ///< nose to tail
};

/// What the static axle loads mean: every axle carries its load exactly with these.
struct VehicleStatics {
    std::vector<SprungBody> bodies;  ///< tractor or rigid truck, then the semitrailer
    Mass kingpinLoad;
    Mass total;
};
VehicleStatics staticsOf(const VehicleModel& vehicle);

/// Wind of this speed from the right-hand side of the vehicle, as forces on it.
struct WindLoad {
    Force lift;     ///< up
    Force side;     ///< towards the vehicle's left
    Length height;  ///< where the side force acts, above the road
};
WindLoad sideWind(const VehicleModel& vehicle, Speed wind);

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/scenario/describe.h"

namespace jh {

namespace {

const std::vector<std::pair<std::string, SuspensionKind>> suspensionNames{
    {"leaf", SuspensionKind::leaf}, {"air", SuspensionKind::air}};
const std::vector<std::pair<std::string, VehicleUnit>> unitNames{
    {"tractor", VehicleUnit::tractor}, {"semitrailer", VehicleUnit::semitrailer}};

void describeSuspension(Fields& fields, SuspensionModel& suspension) {
    fields.need({"kind", "stiffness", "damping"});
    fields.value("kind", suspension.kind, suspensionNames);
    // Bellows have no leaves to rub.
    if (fields.reading() && suspension.kind == SuspensionKind::air) suspension.frictionShare = 0.0;
    fields.value("stiffness", suspension.stiffness, Range{1e4, 1e8});
    fields.value("damping", suspension.damping, Range{0.0, 1e6});
    fields.value("friction_share", suspension.frictionShare, dimension::fraction, Range{0.0, 0.5});
    fields.value("friction_travel", suspension.frictionTravel, Range{1e-4, 0.05});
    fields.value("spacing", suspension.spacing, Range{0.3, 4.0});
}

void describeTyre(Fields& fields, TyreModel& tyre) {
    fields.value("stiffness", tyre.stiffness, Range{1e5, 1e7});
    fields.value("damping", tyre.damping, Range{0.0, 1e5});
    fields.value("grip", tyre.grip, Range{1e4, 1e7});
    fields.value("grip_damping", tyre.gripDamping, Range{0.0, 1e6});
    fields.value("print", tyre.print, Range{0.05, 1.0});
}

void describeAxle(Fields& fields, AxleModel& axle) {
    fields.need({"position", "load", "unsprung", "suspension"});
    fields.value("position", axle.position, Range{0.0, 40.0});
    fields.value("load", axle.load, Range{100.0, 60e3});
    fields.value("unsprung", axle.unsprung, Range{20.0, 10e3});
    fields.value("unit", axle.unit, unitNames);
    fields.value("dual", axle.dual);
    fields.value("track", axle.track, Range{0.5, 4.0});
    fields.value("dual_spacing", axle.dualSpacing, Range{0.2, 0.6});
    fields.value("suspension", axle.suspension, describeSuspension);
    fields.value("tyre", axle.tyre, describeTyre);
}

struct Coupling {
    Length position, height{1.25};
    Mass tractorKerb;
};

void describeCoupling(Fields& fields, Coupling& coupling) {
    fields.need({"position", "tractor_kerb"});
    fields.value("position", coupling.position, Range{0.0, 20.0});
    fields.value("height", coupling.height, Range{0.3, 2.0});
    fields.value("tractor_kerb", coupling.tractorKerb, Range{200.0, 40e3});
}

void describeWind(Fields& fields, WindArea& wind) {
    fields.value("reference_area", wind.reference, Range{0.1, 100.0});
    fields.value("side_area", wind.side, Range{0.1, 500.0});
    fields.value("lift_coefficient", wind.liftCoefficient, dimension::number, Range{-5.0, 5.0});
    fields.value("side_coefficient", wind.sideCoefficient, dimension::number, Range{0.0, 5.0});
}

}  // namespace

void describeVehicle(Fields& fields, VehicleModel& vehicle) {
    fields.need({"title", "axles"});
    fields.value("title", vehicle.title);
    fields.value("title_zh", vehicle.titleZh);
    fields.value("axles", vehicle.axles, describeAxle);
    Coupling coupling{vehicle.fifthWheel.value_or(Length{}), vehicle.fifthWheelHeight,
                      vehicle.tractorKerb};
    const bool coupled = fields.reading() ? fields.has("fifth_wheel") : bool{vehicle.fifthWheel};
    if (coupled || fields.reading()) fields.value("fifth_wheel", coupling, describeCoupling);
    fields.value("tractor_cg_height", vehicle.tractorCgHeight, Range{0.3, 4.0});
    fields.value("trailer_cg_height", vehicle.trailerCgHeight, Range{0.3, 4.0});
    fields.value("front_overhang", vehicle.frontOverhang, Range{0.0, 5.0});
    fields.value("rear_overhang", vehicle.rearOverhang, Range{0.0, 10.0});
    fields.value("width", vehicle.width, Range{0.5, 5.0});
    fields.value("height", vehicle.height, Range{0.6, 6.0});
    fields.value("wind", vehicle.wind, describeWind);
    if (!fields.reading()) return;

    if (coupled) {
        vehicle.fifthWheel = coupling.position;
        vehicle.fifthWheelHeight = coupling.height;
        vehicle.tractorKerb = coupling.tractorKerb;
    }
    checkVehicle(fields, vehicle);
}

}  // namespace jh

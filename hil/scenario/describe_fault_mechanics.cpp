// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/scenario/describe_fault.h"

namespace jh {

namespace {

// Whether a place lies on this very deck is a matter of the whole scenario.
constexpr Range lengthwise{0.0, 500.0}, crosswise{-5.0, 5.0};

}  // namespace

void describe(Fields& fields, DeckContactFault& fault) {
    fields.need({"x", "y", "stiffness"});
    fields.value("x", fault.x, lengthwise);
    fields.value("y", fault.y, crosswise);
    fields.value("stiffness", fault.stiffness, Range{1e3, 1e10});
    fields.value("gap", fault.gap, Range{0.0, 0.1});
    fields.value("friction", fault.friction, Range{0.0, 1e6});
}

void describe(Fields& fields, EdgeMudFault& fault) {
    fields.need({"stiffness"});
    fields.value("stiffness", fault.stiffness_N_m_m, dimension::edgeStiffness, Range{1.0, 1e7});
    fields.value("friction", fault.friction_N_m, dimension::edgeFriction, Range{0.0, 1e5});
}

void describe(Fields& fields, StopGapFault& fault) {
    fields.need({"gap"});
    fields.value("stops", fault.stops);
    fields.value("gap", fault.gap, Range{-0.02, 0.1});
}

void describe(Fields& fields, CheckRodFault& fault) {
    fields.need({"x", "y", "tension", "slope"});
    fields.value("x", fault.x, lengthwise);
    fields.value("y", fault.y, crosswise);
    fields.value("tension", fault.tension, Range{0.0, 2e5});
    fields.value("slope", fault.slope, dimension::slope, Range{-0.1, 0.1});
}

void describe(Fields& fields, DeckShiftsFault& fault) {
    fields.need({"by"});
    fields.value("by", fault.by, Range{0.0, 0.03});
    fields.value("line", fault.line);
}

void describe(Fields& fields, RockerFrictionFault& fault) {
    fields.need({"cell", "friction"});
    fields.value("cell", fault.cell);
    fields.value("friction", fault.friction, dimension::fraction, Range{0.0, 0.1});
}

void describe(Fields& fields, CellTiltFault& fault) {
    fields.need({"cell", "offset"});
    fields.value("cell", fault.cell);
    fields.value("offset", fault.offset, Range{-0.03, 0.03});
}

void describe(Fields& fields, SupportSettlementFault& fault) {
    fields.need({"cell", "depth"});
    fields.value("cell", fault.cell);
    fields.value("depth", fault.depth, Range{-0.1, 0.1});
}

void describe(Fields& fields, SupportSoftnessFault& fault) {
    fields.need({"cell", "stiffness"});
    fields.value("cell", fault.cell);
    fields.value("stiffness", fault.stiffness, Range{1e5, 1e10});
}

void describe(Fields& fields, SupportLostFault& fault) {
    fields.need({"cell", "drop"});
    fields.value("cell", fault.cell);
    fields.value("drop", fault.drop, Range{0.0, 0.5});
}

void describe(Fields& fields, JointSeizedFault& fault) {
    fields.need({"joint"});
    fields.value("joint", fault.joint, dimension::number, 1, 7);
}

void describe(Fields& fields, GirderCrackFault& fault) {
    fields.need({"module", "loss"});
    fields.value("module", fault.module, dimension::number, 1, 8);
    fields.value("loss", fault.loss, dimension::fraction, Range{0.0, 0.95});
}

void describe(Fields& fields, DeckDepositFault& fault) {
    fields.need({"mass"});
    fields.value("mass", fault.mass, Range{-5e3, 2e4});
}

void describe(Fields& fields, EdgeForceFault& fault) {
    fields.need({"x", "y", "force"});
    fields.value("x", fault.x, lengthwise);
    fields.value("y", fault.y, crosswise);
    fields.value("force", fault.force, Range{-1e5, 1e5});
}

void describe(Fields& fields, KerbContactFault& fault) {
    fields.need({"force"});
    fields.value("force", fault.force, Range{0.0, 1e5});
    fields.value("friction", fault.friction, dimension::number, Range{0.0, 1.0});
}

void describe(Fields& fields, RainFault& fault) {
    fields.need({"rate"});
    fields.value("rate", fault.rate_mm_h, dimension::rainfall, Range{0.0, 300.0});
}

void describe(Fields& fields, GustsFault& fault) {
    fields.need({"speed"});
    fields.value("speed", fault.speed_m_s, dimension::windSpeed, Range{0.0, 50.0});
    fields.value("turbulence", fault.turbulence, dimension::fraction, Range{0.0, 1.0});
}

void describe(Fields& fields, VibrationFault& fault) {
    fields.need({"velocity"});
    fields.value("velocity", fault.velocity_m_s, dimension::shaking, Range{0.0, 0.1});
    fields.value("frequency", fault.frequency_Hz, dimension::rate, Range{0.5, 100.0});
}

void describe(Fields& fields, UnevenHeatingFault& fault) {
    // A difference: no place on the scale of degrees Celsius.
    double warmer_K = fault.warmer.si();
    fields.need({"warmer"});
    fields.value("warmer", warmer_K, dimension::temperatureDifference, Range{-50.0, 50.0});
    fault.warmer = Temperature{warmer_K};
}

}  // namespace jh

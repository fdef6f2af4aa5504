// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/scenario/describe.h"

namespace jh {

namespace {

const std::vector<std::pair<std::string, JointKind>> jointNames{
    {"hinged", JointKind::hinged}, {"lapped", JointKind::lapped}, {"bolted", JointKind::bolted}};
const std::vector<std::pair<std::string, RollInertia>> rollInertiaNames{
    {"uniform", RollInertia::uniform}, {"girders", RollInertia::girders}};
const std::vector<std::pair<std::string, BoxKind>> boxNames{{"analog", BoxKind::analog},
                                                            {"digital", BoxKind::digital}};
const std::vector<std::pair<std::string, TrimPlace>> trimNames{
    {"signal", TrimPlace::signal}, {"excitation", TrimPlace::excitation}};
const std::vector<std::pair<std::string, CableWires>> wireNames{{"4", CableWires::four},
                                                                {"6", CableWires::six}};

const std::vector<std::pair<std::string, MassUnit>> unitNames{{"kg", MassUnit::kg},
                                                              {"lb", MassUnit::lb}};

void describeRange(Fields& fields, WeighingRange& range) {
    fields.need({"max", "e"});
    fields.value("max", range.max, ExactMass::kg(100), ExactMass::kg(1'000'000));
    fields.value("e", range.e, ExactMass::g(1), ExactMass::kg(1000));
}

void describeRod(Fields& fields, CheckRodModel& rod) {
    fields.need({"x", "y"});
    fields.value("x", rod.x, Range{0.0, 500.0});
    fields.value("y", rod.y, Range{-10.0, 10.0});
    fields.value("lengthwise", rod.lengthwise);
    fields.value("tension", rod.tension, Range{0.0, 1e6});
    fields.value("slope", rod.slope, dimension::slope, Range{-0.1, 0.1});
    fields.value("stiffness", rod.stiffness, Range{1e5, 1e10});
    fields.value("slack", rod.slack, Range{0.0, 0.1});
}

void describeSideways(Fields& fields, SidewaysModel& sideways) {
    fields.value("end_gap", sideways.endGap, Range{-0.01, 0.1});
    fields.value("side_gap", sideways.sideGap, Range{-0.01, 0.1});
    fields.value("gaps_set_at", sideways.gapsSetAt, Range{-60.0, 80.0});
    fields.value("stop_stiffness", sideways.stopStiffness, Range{1e5, 1e10});
    fields.value("stop_friction", sideways.stopFriction, dimension::number, Range{0.0, 2.0});
    fields.value("friction_stiffness", sideways.frictionStiffness, Range{1e4, 1e9});
    fields.value("restitution", sideways.restitution, dimension::number, Range{0.05, 0.95});
    fields.value("damping_ratio", sideways.dampingRatio, dimension::fraction, Range{0.0, 1.0});
    fields.value("pin_friction", sideways.pinFriction, dimension::fraction, Range{0.0, 1.0});
    fields.value("check_rods", sideways.rods, describeRod);
}

void describeDeck(Fields& fields, DeckModel& deck) {
    fields.need({"modules", "support_lines"});
    fields.value("modules", deck.moduleLengths, Range{0.5, 50.0});
    fields.value("support_lines", deck.supportLines, Range{0.0, 500.0});
    fields.value("width", deck.width, Range{0.5, 10.0});
    fields.value("cell_spacing", deck.cellSpacing, Range{0.1, 10.0});
    fields.value("joint", deck.joint, jointNames);
    fields.value("roll_inertia", deck.rollInertia, rollInertiaNames);
    fields.value("bending_stiffness", deck.bendingStiffness, Range{1e5, 1e12});
    fields.value("torsion_stiffness", deck.torsionStiffness, Range{0.0, 1e12});
    fields.value("line_density", deck.lineDensity, Range{1.0, 1e5});
    fields.value("damping_ratio", deck.dampingRatio, dimension::fraction, Range{0.0, 0.5});
    fields.value("sideways", deck.sideways, describeSideways);
}

void describeCellPlace(Fields& fields, CellPlace& place) {
    fields.value("settlement", place.settlement, Range{-0.1, 0.1});
    fields.value("sensitivity_error", place.sensitivityError, dimension::fraction,
                 Range{-0.1, 0.1});
    fields.value("trim", place.trim, Range{0.0, 1000.0});
    fields.later("out_of_plumb_x", place.outOfPlumbX, Length{}, Range{-0.03, 0.03});
    fields.later("out_of_plumb_y", place.outOfPlumbY, Length{}, Range{-0.03, 0.03});
    fields.later("zero_shift", place.zeroShift, 0.0, dimension::fraction, Range{-0.2, 0.2});
    fields.later("creep_factor", place.creepFactor, 1.0, dimension::number, Range{0.0, 100.0});
    fields.later("hysteresis_factor", place.hysteresisFactor, 1.0, dimension::number,
                 Range{0.0, 1000.0});
    fields.later("friction", place.frictionShare, 0.0, dimension::fraction, Range{0.0, 0.1});
}

void describeMount(Fields& fields, CellMount& mount) {
    fields.value("height", mount.height, Range{0.02, 1.0});
    fields.value("ball_radius", mount.ballRadius, Range{0.02, 2.0});
    fields.value("tilt_share", mount.tiltShare, dimension::fraction, Range{0.0, 1.0});
    fields.value("side_load", mount.sideLoad, dimension::fraction, Range{0.0, 0.5});
}

void describeWiring(Fields& fields, WiringModel& wiring) {
    fields.value("box", wiring.box, boxNames);
    fields.value("trim", wiring.trim, trimNames);
    fields.value("cell_input", wiring.cellInput, Range{100.0, 10'000.0});
    fields.value("wires", wiring.wires, wireNames);
    fields.value("cable_length", wiring.cableLength, Range{0.0, 2000.0});
    fields.value("copper", wiring.copper, Range{0.01e-6, 100e-6});
    fields.value("cable_time_constant", wiring.cableTimeConstant, SimTime{1s}, SimTime{24h});
    fields.value("excitation", wiring.excitation, Range{0.5, 20.0});
    fields.value("sense_input", wiring.senseInput, Range{1e3, 1e9});
}

struct Cells {
    CellType type;
    std::map<std::string, CellPlace> each;
};

void describeCells(Fields& fields, Cells& cells) {
    CellType& type = cells.type;
    fields.need({"capacity", "max_intervals"});
    fields.value("capacity", type.capacity, Range{100.0, 1e6});
    fields.value("sensitivity", type.sensitivity, Range{0.5e-3, 4e-3});
    fields.value("stiffness", type.stiffness, Range{1e6, 1e11});
    fields.value("max_intervals", type.maxIntervals, dimension::number, 100, 100'000);
    fields.value("min_dead_load_output_y", type.minDeadLoadOutput_Y, dimension::number,
                 Range{100.0, 1e6});
    fields.value("sensitivity_spread", type.sensitivitySpread, dimension::fraction,
                 Range{0.0, 0.01});
    fields.value("output_resistance", type.outputResistance, Range{10.0, 10'000.0});
    fields.later("mount", type.mount, CellMount{}, describeMount);
    fields.later("age", type.ageInYears, 0.0, dimension::years, Range{0.0, 50.0});
    fields.value("each", cells.each, describeCellPlace);
}

std::vector<std::string> idsOf(const std::vector<CellPlace>& places) {
    std::vector<std::string> ids;
    ids.reserve(places.size());
    for (const CellPlace& place : places) ids.push_back(place.id);
    return ids;
}

}  // namespace

const std::vector<std::pair<std::string, AccuracyClass>>& accuracyClassNames() {
    static const std::vector<std::pair<std::string, AccuracyClass>> names{
        {"I", AccuracyClass::I},
        {"II", AccuracyClass::II},
        {"III", AccuracyClass::III},
        {"IIII", AccuracyClass::IIII},
        {"III L", AccuracyClass::IIIL}};
    return names;
}

void describeScale(Fields& fields, ScaleModel& scale) {
    fields.need({"title", "ranges", "deck", "cells"});
    fields.value("title", scale.title);
    fields.value("accuracy_class", scale.accuracyClass, accuracyClassNames());
    fields.later("unit", scale.unit, MassUnit::kg, unitNames);
    fields.value("ranges", scale.ranges, describeRange);
    fields.later("multiple_range", scale.multipleRange, false);
    fields.value("deck", scale.deck, describeDeck);
    Cells cells{scale.cellType, {}};
    for (const CellPlace& place : scale.cells) cells.each[place.id] = place;
    fields.value("cells", cells, describeCells);
    fields.later("wiring", scale.wiring, WiringModel{}, describeWiring);
    if (!fields.reading()) return;

    scale.cellType = cells.type;
    scale.cells = standardCellPlaces(scale.deck);
    scale.deck.sideways.stops = standardStops(scale.deck);
    for (CellPlace& place : scale.cells) {
        const auto special = cells.each.find(place.id);
        if (special == cells.each.end()) continue;
        CellPlace& found = special->second;
        found.id = place.id;
        found.x = place.x;
        found.y = place.y;
        place = found;
        cells.each.erase(special);
    }
    if (fields.sound({"deck.support_lines"})) {
        for (const auto& [id, special] : cells.each) {
            fields.problem("cells.each." + id, "the scale has no such cell",
                           nearestName(id, idsOf(scale.cells)));
        }
    }
    checkScale(fields, scale);
}

}  // namespace jh

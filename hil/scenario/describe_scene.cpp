// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/scenario/describe_scene.h"

namespace jh {

namespace {

const std::vector<std::pair<std::string, bool>> headings{{"along_x", false}, {"against_x", true}};
const std::vector<std::pair<std::string, bool>> noYes{{"no", false}, {"yes", true}};

/// Wider than any deck with its approaches; checkScene() knows the deck.
constexpr Range anywhere{-200.0, 200.0};

void describeStop(Fields& fields, SceneStop& stop) {
    fields.need({"at"});
    fields.value("at", stop.at, anywhere);
    fields.value("wait", stop.wait, SimTime{}, SimTime{24h});
}

void describePlace(Fields& fields, ScenePlace& place, const char* frontAxle) {
    fields.need({frontAxle});
    fields.value(frontAxle, place.frontAxle, anywhere);
    fields.value("lateral", place.lateral, Range{-5.0, 5.0});
    fields.value("heading", place.againstX, headings);
}

void describeWeightPlace(Fields& fields, SceneWeight& weight) {
    fields.need({"x", "y"});
    fields.value("x", weight.x, anywhere);
    fields.value("y", weight.y, Range{-10.0, 10.0});
}

}  // namespace

void describeParking(Fields& fields, SceneParking& parking) {
    describePlace(fields, parking.at, "front_axle");
    fields.value("partly_off", parking.partlyOff, noYes);
}

void describeDrive(Fields& fields, SceneDrive& drive) {
    fields.need({"stops"});
    describePlace(fields, drive.from, "from");
    fields.value("speed", drive.speed, Range{0.1, 10.0});
    fields.value("deceleration", drive.deceleration, Range{0.05, 8.0});
    fields.value("acceleration", drive.acceleration, Range{0.05, 5.0});
    fields.value("stops", drive.stops, describeStop);
    if (fields.has("leave_to")) drive.leaveTo.emplace();
    if (drive.leaveTo) {
        fields.value("leave_to", *drive.leaveTo, anywhere);
    } else if (fields.reading()) {
        fields.at("leave_to");
    }
    fields.value("scatter", drive.scatter, noYes);
    if (fields.sound({"stops"}) && drive.stops.empty()) {
        fields.problem("stops", "expected at least one: a driver drives towards a stop");
    }
}

void describeSceneWeight(Fields& fields, SceneWeight& weight) {
    const SimTime longest{24h};
    fields.need({"mass", "at", "down"});
    fields.value("mass", weight.mass, Range{0.001, 200e3});
    fields.value("at", weight, describeWeightPlace);
    fields.value("down", weight.down, SimTime{}, longest);
    if (fields.has("up")) weight.up.emplace();
    if (weight.up) {
        fields.value("up", *weight.up, SimTime{}, longest);
    } else if (fields.reading()) {
        fields.at("up");
    }
    fields.value("takes", weight.takes, SimTime{10ms}, SimTime{10min});
    fields.later("hook", weight.hook, false, noYes);
}

void describeCraneAt(Fields& fields, PlanePoint& at) {
    fields.need({"x", "y"});
    fields.value("x", at.x, anywhere);
    fields.value("y", at.y, Range{-20.0, 20.0});
}

void describeRoad(Fields& fields, SceneRoad& road) {
    fields.value("edge_step", road.edgeStep, Range{-0.05, 0.05});
    fields.value("unevenness", road.unevenness, Range{0.0, 0.02});
}

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "hil/scenario/describe.h"

namespace jh {

namespace {

const std::vector<std::pair<std::string, WeightClass>> weightClassNames{
    {"M1", WeightClass::M1},     {"M1-2", WeightClass::M1_2}, {"M2", WeightClass::M2},
    {"M2-3", WeightClass::M2_3}, {"M3", WeightClass::M3},     {"F", WeightClass::F}};
const std::vector<std::pair<std::string, SubstitutionKind>> substitutionNames{
    {"loose", SubstitutionKind::loose},
    {"blocks", SubstitutionKind::blocks},
    {"truck", SubstitutionKind::truck},
    {"tank", SubstitutionKind::tank}};

constexpr SimTime none{}, day = 24h;

void describeCertificate(Fields& fields, WeightsCertificate& certificate) {
    fields.need({"number", "date"});
    fields.value("number", certificate.number);
    std::string date = fields.reading() ? std::string{} : dateText(certificate.date);
    fields.value("date", date);
    fields.value("months", certificate.months, dimension::number, 1, 60);
    if (!fields.sound({"date"})) return;
    if (const auto parsed = parseDate(date)) {
        certificate.date = *parsed;
    } else {
        fields.problem("date", "expected a date of the calendar, as 2026-03-10");
    }
}

void describeCondition(Fields& fields, WeightsCondition& condition) {
    fields.value("dirt", condition.dirt, Range{0.0, 5.0});
    fields.value("lost_caps", condition.lostCaps, dimension::number, 0, 1000);
    fields.value("cap", condition.cap, Range{0.0, 5.0});
    fields.value("chipped", condition.chipped, dimension::number, 0, 1000);
    fields.value("chip", condition.chip, Range{0.0, 5.0});
}

void describeChartRow(Fields& fields, ChartRow& row) {
    fields.need({"radius", "most"});
    fields.value("radius", row.radius, Range{1.0, 40.0});
    fields.value("most", row.most, Range{50.0, 50e3});
}

void describeCrane(Fields& fields, CraneModel& crane) {
    fields.need({"load_chart"});
    fields.value("load_chart", crane.chart, describeChartRow);
    fields.value("beside", crane.beside, Range{2.0, 15.0});
    fields.value("outrigger_spread", crane.outriggerSpread, Range{1.5, 10.0});
    fields.value("rope", crane.rope, Range{1.0, 15.0});
    fields.value("give", crane.give, Range{2e4, 1e6});
    fields.value("swing_damping", crane.swingDamping, dimension::fraction, Range{0.0, 0.9});
    fields.value("hook_speed", crane.hookSpeed, Range{0.02, 1.0});
    fields.value("touch_down_speed", crane.touchDownSpeed, Range{0.02, 0.3});
    fields.value("full_turn", crane.fullTurn, SimTime{10s}, SimTime{5min});
    fields.value("extension", crane.extension, none, SimTime{10min});
    fields.value("hook_on", crane.hookOn, none, SimTime{10min});
    fields.value("steady", crane.steady, none, SimTime{10min});
    fields.value("move_stand", crane.moveStand, none, SimTime{2h});
}

void describeCart(Fields& fields, CartModel& cart) {
    fields.need({"vehicle", "counts_as"});
    fields.value("vehicle", cart.vehicle, describeVehicle);
    fields.value("counts_as", cart.countsAs, ExactMass::kg(200), ExactMass::kg(20'000));
    fields.value("known_to", cart.knownTo, Range{0.0, 20.0});
    fields.value("capacity", cart.capacity, dimension::number, 1, 200);
    fields.value("speed", cart.speed, Range{0.1, 1.5});
    fields.value("deceleration", cart.deceleration, Range{0.05, 3.0});
    fields.value("load_block", cart.loadBlock, none, SimTime{1h});
    fields.value("turn", cart.turn, none, SimTime{1h});
}

void describeRolling(Fields& fields, RollingLoadModel& load, PartReader& parts) {
    fields.need({"vehicle", "mass"});
    parts.read(fields, "rolling_load.", "vehicle", load.vehicle, describeVehicle);
    fields.value("mass", load.mass, ExactMass::kg(1000), ExactMass::kg(100'000));
}

void describeSubstitution(Fields& fields, SubstitutionModel& load, PartReader& parts,
                          const std::string& within) {
    fields.need({"kind"});
    fields.value("kind", load.kind, substitutionNames);
    fields.value("leak", load.leak_kg_h, dimension::leak, Range{0.0, 1000.0});
    if (fields.has("vehicle")) load.vehicle.emplace();
    if (load.vehicle) {
        parts.read(fields, within, "vehicle", *load.vehicle, describeVehicle);
    } else if (fields.reading()) {
        fields.at("vehicle");
    }
    if (!fields.sound({"kind"})) return;
    if (load.vehicle.has_value() != (load.kind == SubstitutionKind::truck)) {
        fields.problem(load.vehicle ? "vehicle" : "kind", "a truck, and only that, is a vehicle");
    }
    if (load.leak_kg_h != 0.0 && load.kind != SubstitutionKind::tank) {
        fields.problem("leak", "only a tank leaks");
    }
}

}  // namespace

void describeTestTruck(Fields& fields, TestTruckModel& truck, PartReader&) {
    fields.need({"title"});
    fields.value("title", truck.title);
    fields.value("title_zh", truck.titleZh);
    if (fields.has("crane")) truck.crane.emplace();
    if (fields.has("cart")) truck.cart.emplace();
    if (truck.crane) fields.value("crane", *truck.crane, describeCrane);
    if (truck.cart) fields.value("cart", *truck.cart, describeCart);
    if (!fields.reading()) return;
    for (const char* key : {"crane", "cart"}) fields.at(key);
    checkTestTruck(fields, truck);
}

void describeWeights(Fields& fields, WeightsModel& weights, PartReader& parts) {
    fields.need({"title", "blocks"});
    fields.value("title", weights.title);
    fields.value("class", weights.weightClass, weightClassNames);
    fields.value("blocks", weights.blocks, dimension::number, 1, 1000);
    fields.value("block", weights.block, ExactMass::kg(100), ExactMass::kg(5000));
    fields.value("hand_weights", weights.handWeights, dimension::number, 0, 1000);
    fields.value("hand_weight", weights.handWeight, ExactMass::kg(10), ExactMass::kg(50));
    fields.value("small_weights", weights.smallWeights, dimension::number, 0, 1000);
    fields.value("set_up", weights.setUp, none, day);
    fields.value("move_blocks", weights.moveBlocks, none, day);
    fields.value("move_hand_weight", weights.moveHandWeight, none, day);
    fields.value("move_small_weight", weights.moveSmallWeight, none, day);
    fields.value("move_material", weights.moveMaterial, none, day);
    fields.value("trim_material", weights.trimMaterial, none, day);
    fields.value("settle", weights.settle, none, day);
    fields.value("touch_down", weights.touchDown, SimTime{100ms}, SimTime{1min});

    if (fields.has("test_truck")) weights.truck.emplace();
    if (weights.truck) {
        parts.read(fields, "test_truck", *weights.truck, describeTestTruck);
    } else if (fields.reading()) {
        fields.at("test_truck");
    }
    if (fields.has("certificate")) weights.certificate.emplace();
    if (weights.certificate) {
        fields.value("certificate", *weights.certificate, describeCertificate);
    } else if (fields.reading()) {
        fields.at("certificate");
    }
    if (fields.has("rolling_load")) weights.rolling.emplace();
    if (weights.rolling) {
        fields.value("rolling_load", *weights.rolling,
                     [&](Fields& f, RollingLoadModel& load) { describeRolling(f, load, parts); });
    } else if (fields.reading()) {
        fields.at("rolling_load");
    }
    fields.later("condition", weights.condition, WeightsCondition{}, describeCondition);
    if (fields.reading() || !weights.substitution.empty()) {
        std::size_t i = 0;
        fields.value("substitution", weights.substitution, [&](Fields& f, SubstitutionModel& load) {
            describeSubstitution(f, load, parts, fmt::format("substitution[{}].", i++));
        });
    }
    if (fields.reading()) checkWeights(fields, weights);
}

}  // namespace jh

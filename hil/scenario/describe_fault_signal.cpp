// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/scenario/describe_fault.h"

namespace jh {

namespace {

const std::vector<std::pair<std::string, WireState>> wireStateNames{
    {"open", WireState::open},
    {"dead", WireState::dead},
    {"shorted", WireState::shorted},
    {"reversed", WireState::reversed}};
const std::vector<std::pair<std::string, int>> wireCounts{{"4", 4}, {"6", 6}};

constexpr Range insulation{1e4, 1e12};

}  // namespace

// ---- Cells -------------------------------------------------------------------------------------

void describe(Fields& fields, CellSensitivityFault& fault) {
    fields.need({"cell", "change"});
    fields.value("cell", fault.cell);
    fields.value("change", fault.change, dimension::fraction, Range{-0.5, 0.5});
}

void describe(Fields& fields, SpanDriftFault& fault) {
    fields.need({"change"});
    fields.value("change", fault.change, dimension::fraction, Range{-0.1, 0.1});
}

void describe(Fields& fields, CellHysteresisFault& fault) {
    fields.need({"cell", "hysteresis"});
    fields.value("cell", fault.cell);
    fields.value("hysteresis", fault.hysteresis, dimension::fraction, Range{0.0, 0.05});
}

void describe(Fields& fields, CellNonlinearityFault& fault) {
    fields.need({"cell", "bow"});
    fields.value("cell", fault.cell);
    fields.value("bow", fault.bow, dimension::fraction, Range{-0.02, 0.02});
}

void describe(Fields& fields, CellCreepFault& fault) {
    fields.need({"cell", "factor"});
    fields.value("cell", fault.cell);
    fields.value("factor", fault.factor, dimension::number, Range{0.0, 100.0});
}

void describe(Fields& fields, CellShockFault& fault) {
    fields.need({"cell", "shift"});
    fields.value("cell", fault.cell);
    fields.value("shift", fault.shift, dimension::fraction, Range{-0.2, 0.2});
}

void describe(Fields& fields, CellMoistureFault& fault) {
    fields.need({"cell", "insulation"});
    fields.value("cell", fault.cell);
    fields.value("insulation", fault.insulation, insulation);
}

void describe(Fields& fields, CellShuntFault& fault) {
    fields.need({"cell", "resistance"});
    fields.value("cell", fault.cell);
    fields.value("resistance", fault.resistance, Range{100.0, 1e9});
}

// ---- Wiring ------------------------------------------------------------------------------------

void describe(Fields& fields, CellWireFault& fault) {
    fields.need({"cell", "state"});
    fields.value("cell", fault.cell);
    fields.value("state", fault.state, wireStateNames);
}

void describe(Fields& fields, CellOutputResistanceFault& fault) {
    fields.need({"cell", "resistance"});
    fields.value("cell", fault.cell);
    fields.value("resistance", fault.resistance, Range{10.0, 1e4});
}

void describe(Fields& fields, CellTrimFault& fault) {
    fields.need({"cell", "resistance"});
    fields.value("cell", fault.cell);
    fields.value("resistance", fault.resistance, Range{0.0, 1e3});
}

void describe(Fields& fields, IntermittentWireFault& fault) {
    fields.need({"cell"});
    fields.value("cell", fault.cell);
    fields.value("opens", fault.opens, SimTime{1ms}, SimTime{1h});
    fields.value("interval", fault.interval, SimTime{10ms}, SimTime{24h});
    if (fields.sound({"opens", "interval"}) && fault.opens >= fault.interval) {
        fields.problem("opens",
                       "must be less than the interval; a wire that never closes is a "
                       "cell_wire with `state: open`");
    }
}

void describe(Fields& fields, BoxMoistureFault& fault) {
    fields.need({"insulation"});
    fields.value("insulation", fault.insulation, insulation);
}

void describe(Fields& fields, ExcitationContactFault& fault) {
    fields.need({"resistance"});
    fields.value("resistance", fault.resistance, Range{0.0, 1e3});
    fields.value("unrest", fault.unrest, dimension::fraction, Range{0.0, 1.0});
}

void describe(Fields& fields, CableFault& fault) {
    fields.need({"length"});
    fields.value("length", fault.length, Range{0.0, 2000.0});
    fields.value("wires", fault.wires, wireCounts);
}

void describe(Fields&, SenseOpenFault&) {}

void describe(Fields& fields, SenseResistanceFault& fault) {
    fields.need({"resistance"});
    fields.value("resistance", fault.resistance, Range{0.0, 1e7});
}

void describe(Fields& fields, ExcitationDropFault& fault) {
    fields.need({"change"});
    fields.value("change", fault.change, dimension::fraction, Range{-0.9, 0.2});
}

void describe(Fields& fields, PickupFault& fault) {
    fields.need({"offset", "amplitude"});
    fields.value("offset", fault.offset, Range{-5e-3, 5e-3});
    fields.value("amplitude", fault.amplitude, Range{0.0, 5e-3});
    fields.value("frequency", fault.frequency_Hz, dimension::rate, Range{0.1, 1000.0});
}

void describe(Fields& fields, RemoteOffsetFault& fault) {
    fields.need({"mass"});
    fields.value("mass", fault.mass, Range{-5e4, 5e4});
}

void describe(Fields& fields, AddressesSwappedFault& fault) {
    fields.need({"cell", "with"});
    fields.value("cell", fault.cell);
    fields.value("with", fault.with);
}

void describe(Fields& fields, CellSilentFault& fault) {
    fields.need({"cell"});
    fields.value("cell", fault.cell);
    fields.value("last_held", fault.lastHeld);
}

}  // namespace jh

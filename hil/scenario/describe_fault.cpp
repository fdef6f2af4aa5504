// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/scenario/describe_fault.h"

#include <algorithm>

#include "hil/scenario/describe.h"

namespace jh {

// ---- Weights and their handling ----------------------------------------------------------------

void describe(Fields& fields, WeightsWrongFault& fault) {
    fields.value("each", fault.each, Range{-100.0, 100.0});
    fields.value("missing", fault.missing, dimension::number, 0, 1000);
    fields.value("carrier", fault.carrier, Range{-1e3, 1e3});
    const bool right = fault.each == Mass{} && fault.missing == 0 && fault.carrier == Mass{};
    if (fields.sound({"each", "missing", "carrier"}) && right) {
        fields.problem("", "nothing is wrong with them; give `each`, `missing` or `carrier`");
    }
}

void describe(Fields& fields, HookLoadFault& fault) {
    fields.need({"carried"});
    fields.value("carried", fault.carried, Range{0.0, 5e3});
}

void describe(Fields& fields, PartlyOffFault& fault) {
    fields.need({"share"});
    fields.value("share", fault.share, dimension::fraction, Range{0.0, 1.0});
}

void describe(Fields& fields, MaterialLeakFault& fault) {
    fields.need({"rate"});
    fields.value("rate", fault.rate_kg_h, dimension::leak, Range{0.0, 1e4});
}

// ---- Indicator ---------------------------------------------------------------------------------

void describe(Fields& fields, ZeroTrackingFault& fault) {
    fields.need({"band", "rate"});
    fields.value("band", fault.band_d, dimension::intervals, Range{0.0, 100.0});
    fields.value("rate", fault.rate_d_s, dimension::intervalRate, Range{0.0, 100.0});
}

void describe(Fields& fields, RoundingHysteresisFault& fault) {
    fields.need({"width"});
    fields.value("width", fault.width, ExactMass{}, ExactMass::kg(1000));
}

void describe(Fields& fields, SecondDisplayFault& fault) {
    static const std::vector<std::pair<std::string, DisplayError>> names{
        {"digit_lost", DisplayError::digitLost},
        {"gross_for_net", DisplayError::grossForNet},
        {"old_value", DisplayError::oldValue}};
    fields.need({"shows"});
    fields.value("shows", fault.shows, names);
}

void describe(Fields& fields, ConverterFault& fault) {
    static const std::vector<std::pair<std::string, ConverterState>> names{
        {"saturated_high", ConverterState::saturatedHigh},
        {"saturated_low", ConverterState::saturatedLow},
        {"stuck", ConverterState::stuck},
        {"missing", ConverterState::missing},
        {"late", ConverterState::late}};
    fields.need({"state"});
    fields.value("state", fault.state, names);
    const bool late = fault.state == ConverterState::late;
    const bool stateKnown = fields.has("state") && fields.sound({"state"});
    if (late && stateKnown) fields.need({"delay"});
    if (late || fields.reading()) {
        fields.value("delay", fault.delay, SimTime{1ms}, SimTime{10s});
    }
    if (!late && fields.has("delay")) {
        fields.problem("delay", "belongs to `state: late`; no other hands over anything later");
    }
}

// ---- Any fault ---------------------------------------------------------------------------------

const std::vector<std::string>& faultKindNames() {
    static const std::vector<std::string> names{
        // mechanics
        "deck_contact", "edge_mud", "stop_gap", "check_rod", "deck_shifts", "rocker_friction",
        "cell_tilt", "support_settlement", "support_softness", "support_lost", "joint_seized",
        "girder_crack", "deck_deposit", "edge_force", "kerb_contact",
        // weather
        "rain", "gusts", "vibration", "uneven_heating",
        // cells
        "cell_sensitivity", "span_drift", "cell_hysteresis", "cell_nonlinearity", "cell_creep",
        "cell_shock", "cell_moisture", "cell_shunt",
        // wiring
        "cell_wire", "cell_output_resistance", "cell_trim", "intermittent_wire", "box_moisture",
        "excitation_contact", "cable", "sense_open", "sense_resistance", "excitation_drop",
        "pickup", "remote_offset", "addresses_swapped", "cell_silent",
        // weights
        "weights_wrong", "hook_load", "partly_off", "material_leak",
        // indicator
        "zero_tracking", "rounding_hysteresis", "second_display", "converter"};
    return names;
}

namespace {

const std::vector<std::pair<std::string, FaultStart>> startNames{
    {"power_on", FaultStart::power_on},
    {"after_adjustment", FaultStart::after_adjustment},
    {"reading", FaultStart::reading},
    {"axle_on_deck", FaultStart::axle_on_deck},
    {"radio", FaultStart::radio}};

template <class... T>
const std::vector<Fault::What>& oneOfEach(const std::variant<T...>&) {
    static const std::vector<Fault::What> fresh{T{}...};
    return fresh;
}

void describeSizes(Fields& fields, Fault::What& fault) {
    std::visit([&](auto& what) { describe(fields, what); }, fault);
}

void describeTimes(Fields& fields, Fault& fault) {
    const SimTime none{}, longest{10'000h};
    fields.value("from", fault.from, startNames);
    fields.value("after", fault.after, none, longest);
    fields.value("growing", fault.growing, none, longest);
    if (fields.has("lasting")) fault.lasting.emplace();
    if (fault.lasting) {
        fields.value("lasting", *fault.lasting, SimTime{1ms}, longest);
    } else if (fields.reading()) {
        fields.at("lasting");
    }
    if (fields.sound({"growing", "lasting"}) && fault.lasting && *fault.lasting < fault.growing) {
        fields.problem("lasting", "is shorter than `growing`: it would end before it has its size");
    }
}

}  // namespace

std::vector<Parameter> faultParameters(const std::string& kind) {
    const auto& names = faultKindNames();
    const auto index = std::find(names.begin(), names.end(), kind) - names.begin();
    Fault::What fault = oneOfEach(Fault::What{}).at(static_cast<std::size_t>(index));
    TreeNode written;
    std::vector<Parameter> parameters;
    Fields fields{Place{&written, &parameters}};
    describeSizes(fields, fault);
    return parameters;
}

void describeFault(Fields& fields, Fault& fault) {
    std::vector<std::pair<std::string, std::size_t>> kinds;
    for (const std::string& name : faultKindNames()) kinds.emplace_back(name, kinds.size());
    // A name that is still alone here is one that the catalogue does not have.
    const bool unknown = fields.has("fault") && !fields.has("kind");
    if (fields.reading() || !fault.id.empty()) fields.value("fault", fault.id);
    if (!unknown) fields.need({"kind"});
    std::size_t kind = fault.what.index();
    fields.value("kind", kind, kinds);
    if (fields.reading()) fault.what = oneOfEach(fault.what).at(kind);
    describeTimes(fields, fault);
    // What else belongs there depends on the kind.
    if (fields.reading() && (!fields.has("kind") || !fields.sound({"kind"}))) {
        for (const std::string& name : faultKindNames()) {
            for (const Parameter& parameter : faultParameters(name)) fields.at(parameter.key);
        }
        return;
    }
    describeSizes(fields, fault.what);
}

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "hil/scenario/describe.h"

namespace jh {

namespace {

/// One fault of a scenario with the place where its problems are told.
struct Placed {
    const Fields& fields;
    const Scenario& scenario;
    bool weightsKnown;
    std::string path;  ///< "faults[0]"

    bool sound(const char* key) const { return fields.sound({(path + '.' + key).c_str()}); }
    void problem(const char* key, std::string message, std::string nearest = {}) const {
        fields.problem(path + '.' + key, std::move(message), std::move(nearest));
    }
    const ScaleModel& scale() const { return scenario.scale; }
};

/// A part of the scale by its name.
void checkName(const Placed& at, const char* key, const char* what, const std::string& name,
               const std::vector<std::string>& names) {
    if (!at.sound(key) || std::find(names.begin(), names.end(), name) != names.end()) return;
    at.problem(
        key, fmt::format("the scale has no {} '{}'; it has {}", what, name, fmt::join(names, ", ")),
        nearestName(name, names));
}

void checkCell(const Placed& at, const char* key, const std::string& cell) {
    std::vector<std::string> ids;
    for (const CellPlace& known : at.scale().cells) ids.push_back(known.id);
    checkName(at, key, "cell", cell, ids);
}

/// A part of the deck by its number, from 1.
void checkNumber(const Placed& at, const char* key, int number, std::size_t count) {
    if (!at.sound(key) || number <= static_cast<int>(count)) return;
    at.problem(key, count == 0
                        ? fmt::format("the deck has no {}", key)
                        : fmt::format("the deck has no {} {}; the last is {}", key, number, count));
}

void checkPlace(const Placed& at, Length x, Length y) {
    const double length_m = at.scale().deck.length().si(),
                 half_m = at.scale().deck.width.si() / 2.0;
    if (at.sound("x") && x.si() > length_m) {
        at.problem("x", fmt::format("lies beyond the deck's end at {} m", length_m));
    }
    if (at.sound("y") && std::abs(y.si()) > half_m) {
        at.problem("y", fmt::format("lies beside the deck, whose edges are at +-{} m", half_m));
    }
}

void checkStops(const Placed& at, const StopGapFault& fault) {
    std::vector<std::string> names{"ends", "sides", "all"};
    for (const StopModel& stop : at.scale().deck.sideways.stops) names.push_back(stop.id);
    checkName(at, "stops", "stop", fault.stops, names);
}

void checkLine(const Placed& at, const std::string& line) {
    std::vector<std::string> names;
    const std::size_t lines = at.scale().deck.supportLines.size();
    for (std::size_t i = 1; i <= lines; ++i) names.push_back(std::to_string(i));
    if (!line.empty()) checkName(at, "line", "line of cells", line, names);
}

void checkJoint(const Placed& at, int joint) {
    const DeckModel& deck = at.scale().deck;
    if (deck.joint == JointKind::hinged) {
        return checkNumber(at, "joint", joint, deck.moduleLengths.size() - 1);
    }
    const char* what = deck.joint == JointKind::bolted ? "bolted joints never turn"
                                                       : "modules that lap rest on each other";
    at.problem("kind", fmt::format("only a hinged joint can seize; {}", what));
}

void checkDigital(const Placed& at) {
    if (at.scale().wiring.box == BoxKind::digital) return;
    at.problem("kind", "only digital cells have an address; those of this scale are analog");
}

void checkAnalog(const Placed& at) {
    if (at.scale().wiring.box != BoxKind::digital) return;
    at.problem("kind", "digital cells have their own converters; see `cell_silent`");
}

/// Its parameters are sealed before power-on.
void checkIndicatorTimes(const Placed& at, const Fault& fault) {
    if (fault.from != FaultStart::power_on) {
        at.problem("from",
                   "the indicator's parameters are what they are from power_on on, until the end");
    }
    if (fault.after > SimTime{} || fault.growing > SimTime{} || fault.lasting) {
        at.problem("kind",
                   "the indicator's parameters stay as they are; `after`, `growing` and `lasting` "
                   "say nothing about them");
    }
}

void checkParts(const Placed& at, const Fault::What& what) {
    if (const auto* f = std::get_if<StopGapFault>(&what)) checkStops(at, *f);
    if (const auto* f = std::get_if<DeckShiftsFault>(&what)) checkLine(at, f->line);
    if (const auto* f = std::get_if<JointSeizedFault>(&what)) checkJoint(at, f->joint);
    if (const auto* f = std::get_if<GirderCrackFault>(&what)) {
        checkNumber(at, "module", f->module, at.scale().deck.moduleLengths.size());
    }
    if (std::holds_alternative<CellSilentFault>(what)) checkDigital(at);
    if (std::holds_alternative<ConverterFault>(what)) checkAnalog(at);
    if (const auto* f = std::get_if<AddressesSwappedFault>(&what)) {
        checkDigital(at);
        checkCell(at, "with", f->with);
        if (f->with == f->cell) at.problem("with", "is the same cell");
    }
    if (std::holds_alternative<SecondDisplayFault>(what) && !at.scenario.secondDisplay) {
        at.problem("kind", "the scenario has no `second_display`");
    }
    if (const auto* f = std::get_if<WeightsWrongFault>(&what)) {
        const int blocks = at.scenario.weights.blocks;
        if (at.weightsKnown && f->missing > blocks) {
            at.problem("missing", fmt::format("of {} blocks only", blocks));
        }
    }
}

// ---- Faults against each other -----------------------------------------------------------------

/// What a kind sets, so that a second fault would undo it; what only adds to others sets nothing.
using Things = std::vector<std::string>;

template <class F>
Things setBy(const F&, const ScaleModel&) {
    return {};
}
Things setBy(const StopGapFault& f, const ScaleModel& scale) {
    Things gaps;
    for (const StopModel& stop : scale.deck.sideways.stops) {
        const bool meant = f.stops == "all" || f.stops == stop.id ||
                           f.stops == (stop.lengthwise ? "ends" : "sides");
        if (meant) gaps.push_back("the gap of stop " + stop.id);
    }
    return gaps;
}
Things setBy(const DeckShiftsFault&, const ScaleModel&) {
    return {"how far the deck shifts"};
}
Things setBy(const RockerFrictionFault& f, const ScaleModel&) {
    return {"the friction of cell " + f.cell};
}
Things setBy(const SupportSettlementFault& f, const ScaleModel&) {
    return {"the support of cell " + f.cell};
}
Things setBy(const SupportSoftnessFault& f, const ScaleModel&) {
    return {"the grout of cell " + f.cell};
}
Things setBy(const SupportLostFault& f, const ScaleModel&) {
    return {"the support of cell " + f.cell, "the grout of cell " + f.cell};
}
Things setBy(const JointSeizedFault& f, const ScaleModel&) {
    return {fmt::format("joint {}", f.joint)};
}
Things setBy(const GirderCrackFault& f, const ScaleModel&) {
    return {fmt::format("the girders of module {}", f.module)};
}
Things setBy(const KerbContactFault&, const ScaleModel&) {
    return {"the force of the kerb"};
}
Things setBy(const CellHysteresisFault& f, const ScaleModel&) {
    return {"the hysteresis of cell " + f.cell};
}
Things setBy(const CellNonlinearityFault& f, const ScaleModel&) {
    return {"the bow of cell " + f.cell};
}
Things setBy(const CellCreepFault& f, const ScaleModel&) {
    return {"the creep of cell " + f.cell};
}
Things setBy(const CellMoistureFault& f, const ScaleModel&) {
    return {"the insulation of cell " + f.cell};
}
Things setBy(const CellShuntFault& f, const ScaleModel&) {
    return {"the shunt of cell " + f.cell};
}
Things setBy(const CellWireFault& f, const ScaleModel&) {
    return {"the wires of cell " + f.cell};
}
Things setBy(const IntermittentWireFault& f, const ScaleModel&) {
    return {"the wires of cell " + f.cell};
}
Things setBy(const CellOutputResistanceFault& f, const ScaleModel&) {
    return {"the output resistance of cell " + f.cell};
}
Things setBy(const CellTrimFault& f, const ScaleModel&) {
    return {"the trim of cell " + f.cell};
}
Things setBy(const BoxMoistureFault&, const ScaleModel&) {
    return {"the insulation of the junction box"};
}
Things setBy(const ExcitationContactFault&, const ScaleModel&) {
    return {"the terminal of the excitation"};
}
Things setBy(const CableFault&, const ScaleModel&) {
    return {"the cable"};
}
Things setBy(const SenseOpenFault&, const ScaleModel&) {
    return {"the sense wires"};
}
Things setBy(const SenseResistanceFault&, const ScaleModel&) {
    return {"the sense wires"};
}
Things setBy(const AddressesSwappedFault& f, const ScaleModel&) {
    return {"the address of cell " + f.cell, "the address of cell " + f.with};
}
Things setBy(const CellSilentFault& f, const ScaleModel&) {
    return {"what cell " + f.cell + " answers"};
}
Things setBy(const HookLoadFault&, const ScaleModel&) {
    return {"what the hook carries"};
}
Things setBy(const PartlyOffFault&, const ScaleModel&) {
    return {"what stands beside the deck"};
}
Things setBy(const ZeroTrackingFault&, const ScaleModel&) {
    return {"zero tracking"};
}
Things setBy(const RoundingHysteresisFault&, const ScaleModel&) {
    return {"the rounding"};
}

Things setBy(const SecondDisplayFault&, const ScaleModel&) {
    return {"what the second display shows"};
}
Things setBy(const ConverterFault&, const ScaleModel&) {
    return {"the codes of the converter"};
}

/// Whether two faults certainly act together; how far apart two different starts lie, nobody knows
/// beforehand.
bool together(const Fault& a, const Fault& b) {
    const Fault& first = a.from < b.from || (a.from == b.from && a.after <= b.after) ? a : b;
    const Fault& second = &first == &a ? b : a;
    if (!first.lasting) return true;
    return first.from == second.from && second.after < first.after + *first.lasting;
}

void checkAgainst(const Placed& at, const Fault& fault, std::size_t otherIndex,
                  const Fault& other) {
    if (!together(fault, other)) return;
    const auto thingsOf = [&](const Fault::What& what) {
        return std::visit([&](const auto& f) { return setBy(f, at.scale()); }, what);
    };
    const Things theirs = thingsOf(other.what);
    for (const std::string& thing : thingsOf(fault.what)) {
        if (std::find(theirs.begin(), theirs.end(), thing) == theirs.end()) continue;
        return at.problem("kind",
                          fmt::format("'{}' cannot be together with '{}' of faults[{}]: "
                                      "both say what becomes of {}",
                                      faultKindNames()[fault.what.index()],
                                      faultKindNames()[other.what.index()], otherIndex, thing));
    }
}

bool actsInIndicator(const Fault::What& what) {
    return std::holds_alternative<ZeroTrackingFault>(what) ||
           std::holds_alternative<RoundingHysteresisFault>(what);
}

}  // namespace

void checkFaults(const Fields& fields, const Scenario& scenario, SoundParts sound,
                 bool vehiclesCome) {
    if (!sound.scale) return;
    const auto pathOf = [](std::size_t i) { return fmt::format("faults[{}]", i); };
    const auto& faults = scenario.faults;
    const auto& tests = scenario.regulation.tests;
    const bool transmits = std::any_of(tests.begin(), tests.end(),
                                       [](const TestRule& test) { return test.id == "radio"; });
    std::vector<bool> whole;
    for (std::size_t i = 0; i < faults.size(); ++i) {
        whole.push_back(fields.sound({pathOf(i).c_str()}));
        const Placed at{fields, scenario, sound.weights, pathOf(i)};
        // What else it holds was read only where its kind is known.
        if (!at.sound("kind") || !at.sound("fault")) continue;
        std::visit(
            [&](const auto& f) {
                if constexpr (requires { f.cell; }) checkCell(at, "cell", f.cell);
                if constexpr (requires { f.x, f.y; }) checkPlace(at, f.x, f.y);
            },
            faults[i].what);
        checkParts(at, faults[i].what);
        if (actsInIndicator(faults[i].what)) {
            checkIndicatorTimes(at, faults[i]);
        } else if (faults[i].from == FaultStart::axle_on_deck && !vehiclesCome) {
            at.problem("from", "no vehicle comes, so the fault would never begin");
        } else if (faults[i].from == FaultStart::radio && sound.regulation && !transmits) {
            at.problem("from", "the regulation has no test 'radio', so nobody transmits");
        }
        for (std::size_t k = 0; whole[i] && k < i; ++k) {
            if (whole[k]) checkAgainst(at, faults[i], k, faults[k]);
        }
    }
}

}  // namespace jh

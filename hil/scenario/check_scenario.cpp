// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>

#include "hil/procedure/load_plan.h"
#include "hil/scenario/describe.h"
#include "hil/scenario/describe_line_fault.h"
#include "sim/model/load_layout.h"

namespace jh {

namespace {

void checkWeights(const Fields& fields, const Scenario& scenario) {
    const ExactMass blocks = scenario.weights.blocksTotal(), max = scenario.scale.max();
    if (blocks > max) {
        fields.problem("weights", fmt::format("{} kg of weights are beyond Max = {} kg",
                                              blocks.kgText(), max.kgText()));
    }
    const ExactMass least = scenario.regulation.leastWeights;
    if (blocks < least) {
        fields.problem("weights", fmt::format("{} kg of weights; the regulation asks for {} kg",
                                              blocks.kgText(), least.kgText()));
    }
}

std::string nameOf(AccuracyClass accuracyClass) {
    for (const auto& [name, value] : accuracyClassNames()) {
        if (value == accuracyClass) return name;
    }
    return {};
}

/// The pieces without which no test can begin: the zero load, and small weights for the
/// change-over point and for the discrimination test (eleven, and 1.4 d on top of one).
void checkPieces(const Fields& fields, const Scenario& scenario) {
    const Regulation& regulation = scenario.regulation;
    const ExactMass zeroLoad = regulation.zeroLoad_e * scenario.scale.firstInterval();
    if (!piecesFor(scenario.weights, zeroLoad, 0)) {
        fields.problem("weights", fmt::format("no pieces make up the zero load of {} e = {} kg",
                                              regulation.zeroLoad_e, zeroLoad.kgText()));
    }
    const int changeOver = regulation.changeOverWithin_e * 1000 / regulation.smallWeight.value;
    const int discrimination = 11 + regulation.discrimination.value / regulation.smallWeight.value;
    const int need = std::max(changeOver, discrimination);
    if (scenario.weights.smallWeights < need) {
        fields.problem("weights", fmt::format("{} small weights; the change-over points ask for {}",
                                              scenario.weights.smallWeights, need));
    }
}

/// The farthest and the heaviest that the crane must do: it may drive along the deck, not across.
void checkReach(const Fields& fields, const Scenario& scenario, const CraneModel& crane) {
    const DeckModel& deck = scenario.scale.deck;
    constexpr Length clearance{0.2};
    const Length feet = crane.beside - crane.outriggerSpread / 2.0;
    if (feet < deck.width / 2.0 + clearance) {
        fields.problem("weights.test_truck",
                       fmt::format("an outrigger would stand {:.2f} m from the deck's centre line; "
                                   "the deck reaches to {:.2f} m and nothing may touch it",
                                   feet.si(), deck.width.si() / 2.0));
    }
    const LoadLayout layout{scenario.scale, scenario.weights};
    const Mass block = scenario.weights.block.mass();
    Length farthest{};
    for (std::size_t support = 0; support < scenario.scale.cells.size(); ++support) {
        for (int i = 0; i < scenario.weights.blocks; ++i) {
            farthest = std::max(farthest, layout.atSupport(i, support).y + crane.beside);
        }
    }
    for (int i = 0; i < scenario.weights.blocks; ++i) {
        farthest = std::max(farthest, layout.spread(i).y + crane.beside);
    }
    if (crane.mostAt(farthest) > block) return;
    fields.problem(
        "weights.test_truck",
        fmt::format("the far side of the deck is {:.2f} m from the crane; its load chart "
                    "allows {:.0f} kg there, a block is {} kg",
                    farthest.si(), crane.mostAt(farthest).si(), scenario.weights.block.kgText()));
}

void checkTruckFits(const Fields& fields, const Scenario& scenario) {
    const WeightsModel& weights = scenario.weights;
    for (std::size_t i = 0; i < weights.substitution.size(); ++i) {
        if (!weights.substitution[i].vehicle) continue;
        const VehicleModel& truck = *weights.substitution[i].vehicle;
        const VehicleModel loaded = withTotal(truck, weights.blocksTotal().mass());
        for (const AxleModel& axle : loaded.axles) {
            if (axle.load > axle.unsprung) continue;
            fields.problem("weights", fmt::format("the substitution truck cannot be as light as "
                                                  "{} kg: an axle would carry less than itself",
                                                  weights.blocksTotal().kgText()));
            break;
        }
        const LoadLayout layout{scenario.scale, weights};
        constexpr int mostLayers = 2;
        if (layout.usable() <= Length{} || layout.perLayer() * mostLayers < weights.blocks) {
            fields.problem(
                "weights",
                fmt::format("beside the substitution truck {:.1f} m of the deck are left: "
                            "no room for {} blocks in {} layers",
                            std::max(0.0, layout.usable().si()), weights.blocks, mostLayers));
        }
    }
}

/// The test-weight truck against deck and weights.
void checkTestTruckHere(const Fields& fields, const Scenario& scenario) {
    const WeightsModel& weights = scenario.weights;
    checkTruckFits(fields, scenario);
    if (!weights.truck) return;
    if (weights.truck->cart) {
        const CartModel& cart = *weights.truck->cart;
        const auto own = static_cast<int>(cart.countsAs.wholeParts(weights.block));
        if (weights.blocks - own > cart.capacity) {
            fields.problem(
                "weights",
                fmt::format("the cart takes {} blocks and counts as {}; {} are asked for",
                            cart.capacity, own, weights.blocks));
        }
        for (std::size_t i = 0; i < scenario.faults.size(); ++i) {
            const auto& what = scenario.faults[i].what;
            if (std::holds_alternative<HookLoadFault>(what) ||
                std::holds_alternative<PartlyOffFault>(what)) {
                fields.problem(fmt::format("faults[{}]", i),
                               "cannot happen to weights that stand on a cart");
            }
        }
    } else {
        checkReach(fields, scenario, *weights.truck->crane);
    }
}

/// Carts and trucks that bring loads have axles; a crane and hands have none on the deck.
bool vehiclesCome(const WeightsModel& weights) {
    return (weights.truck && weights.truck->cart) || weights.rolling ||
           std::any_of(weights.substitution.begin(), weights.substitution.end(),
                       [](const SubstitutionModel& load) { return load.vehicle.has_value(); });
}

void checkCertificate(const Fields& fields, const Scenario& scenario) {
    if (!scenario.date || !scenario.weights.certificate) return;
    const WeightsCertificate& certificate = *scenario.weights.certificate;
    if (*scenario.date >= certificate.date && *scenario.date <= certificate.until()) return;
    fields.problem(
        "date", fmt::format("the weights' certificate {} holds from {} to {}", certificate.number,
                            dateText(certificate.date), dateText(certificate.until())));
}

/// What happens to a simulated scale only cannot happen to a real one.
void checkRealScale(const Fields& fields, const Scenario& scenario) {
    if (!scenario.bench || scenario.bench->source) return;
    const char* why =
        "happens to a simulated scale only; on this bench, without a `source`, the scale is real";
    if (!scenario.faults.empty()) fields.problem("faults", why);
    if (scenario.signal) fields.problem("signal", why);
    if (scenario.secondDisplay) fields.problem("second_display", why);
    if (scenario.uncertaintyVisits > 0) fields.problem("uncertainty_visits", why);
}

/// A real board is spoken to as its file says.
void checkRealBoard(const Fields& fields, const Scenario& scenario) {
    if (!scenario.bench) {
        fields.problem("firmware",
                       "`host: serial` is a real board: say in `bench` at which port it is read "
                       "and which `source` stands in place of its converter");
        return;
    }
    const DevicePlace& place = scenario.bench->indicator;
    const UartOnBoard& uart = *scenario.firmware->board.uart;
    if (place.rtu.empty() || (place.baud == uart.baud && word(place.format) == uart.format)) return;
    fields.problem("bench.indicator",
                   fmt::format("{} Bd {}, but the board's `uart` has {} Bd {}", place.baud,
                               word(place.format), uart.baud, uart.format));
}

void checkFirmware(const Fields& fields, const Scenario& scenario) {
    if (!scenario.firmware || !fields.sound({"firmware", "indicator"})) return;
    const Board& board = scenario.firmware->board;
    if (!board.uart) {
        fields.problem("firmware", "the board has no `uart` by which it could be read");
        return;
    }
    if (board.host == "serial") return checkRealBoard(fields, scenario);
    if (scenario.wire != Wire::virtualTime || scenario.bench) {
        fields.problem("firmware",
                       "an emulated firmware is read in virtual time, without `bench`; a real "
                       "board has `host: serial`");
    }
    if (board.uart->baud != scenario.indicator.baud) {
        fields.problem("firmware",
                       fmt::format("the board's UART runs at {} Bd, the indicator is read at {}",
                                   board.uart->baud, scenario.indicator.baud));
    }
    if (scenario.indicator.commands.count("adjust_span") == 0) {
        fields.problem("indicator",
                       "an emulated firmware is adjusted over the wire: this family has no "
                       "`adjust_span`");
    }
}

/// A run reads its indicator over an RTU line with that one station.
void checkLine(const Fields& fields, const Scenario& scenario) {
    checkLineFaults(fields, scenario.lineFaults, {LineWire::rtu});
    if (!scenario.lineFaults.empty() && (scenario.wire != Wire::virtualTime || scenario.bench)) {
        fields.problem("line_faults",
                       "act in virtual time only; on a real wire let `jianheng serve` make them");
    }
    checkFirmware(fields, scenario);
    if (!fields.sound({"indicator"})) return;
    for (std::size_t i = 0; i < scenario.lineFaults.size(); ++i) {
        const std::string place = fmt::format("line_faults[{}].station", i);
        const std::optional<int> station = scenario.lineFaults[i].station;
        if (!station || *station == scenario.indicator.station) continue;
        if (!fields.sound({place.c_str()})) continue;
        fields.problem(place, fmt::format("no station {} on the line; the indicator is {}",
                                          *station, scenario.indicator.station));
    }
}

void checkExpectation(const Fields& fields, const Scenario& scenario) {
    std::vector<std::string> ids;
    for (const TestRule& test : scenario.regulation.tests) ids.push_back(test.id);
    const auto& failing = scenario.expect->failingTests;
    for (std::size_t i = 0; i < failing.size(); ++i) {
        const std::string place = fmt::format("expect.failing_tests[{}]", i);
        if (std::find(ids.begin(), ids.end(), failing[i]) == ids.end()) {
            fields.problem(place, fmt::format("the regulation has no test '{}'", failing[i]),
                           nearestName(failing[i], ids));
        }
        if (std::count(failing.begin(), failing.end(), failing[i]) > 1) {
            fields.problem(place, fmt::format("'{}' stands in the list twice", failing[i]));
        }
    }
}

}  // namespace

void checkScenario(const Fields& fields, const Scenario& scenario, SoundParts sound) {
    if (sound.scale && sound.weights && sound.regulation) {
        checkWeights(fields, scenario);
        checkPieces(fields, scenario);
        checkTestTruckHere(fields, scenario);
    }
    if (sound.weights) checkCertificate(fields, scenario);
    checkFaults(fields, scenario, sound, vehiclesCome(scenario.weights));
    checkLine(fields, scenario);
    checkRealScale(fields, scenario);
    if (sound.regulation && scenario.expect && fields.sound({"expect.failing_tests"})) {
        checkExpectation(fields, scenario);
    }
    if (sound.scale && sound.regulation) {
        if (scenario.scale.accuracyClass != scenario.regulation.accuracyClass) {
            fields.problem("scale", fmt::format("the regulation's limits are for class {}",
                                                nameOf(scenario.regulation.accuracyClass)));
        }
        const int covered_e = scenario.regulation.mpeBands.back().upTo_e;
        for (const WeighingRange& range : scenario.scale.ranges) {
            if (range.max <= covered_e * range.e) continue;
            fields.problem("regulation", fmt::format("its mpe bands end at {} e, below Max = {} kg",
                                                     covered_e, range.max.kgText()));
        }
    }
    if (!fields.sound({"appearance"})) return;
    for (std::size_t i = 1; i < scenario.appearance.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) {
            if (scenario.appearance[k].id != scenario.appearance[i].id) continue;
            fields.problem(fmt::format("appearance[{}].id", i), "stands in the list already");
        }
    }
}

}  // namespace jh

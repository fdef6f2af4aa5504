// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/probe_arguments.h"

#include <fmt/format.h>

#include <cmath>
#include <optional>
#include <sstream>

#include "hil/cli/console.h"
#include "hil/scenario/load.h"
#include "hil/scenario/parse_faults.h"
#include "hil/scenario/units.h"

namespace jh {

namespace {

Diagnostic problemAt(const char* option, const std::string& text, std::string message) {
    return {option, 0, 0, '"' + text + '"', std::move(message), {}};
}

/// Nothing but blanks is left.
bool ended(std::istringstream& words) {
    words.clear();
    std::string rest;
    return !(words >> rest);
}

/// "10 t @ 5.0 0.9": mass with its unit, then x and y in metres.
std::optional<PointMass> parseLoad(const std::string& text) {
    const auto at = text.find('@');
    if (at == std::string::npos) return std::nullopt;
    const auto written = parseQuantity(std::string_view{text}.substr(0, at));
    if (!written) return std::nullopt;
    const Unit* unit = dimensionOf<struct MassTag>().find(written->unit);
    const auto number =
        unit == nullptr ? std::nullopt : written->number.shifted(unit->power).toDouble();
    if (!number || *number <= 0.0) return std::nullopt;

    std::istringstream place{text.substr(at + 1)};
    double x_m = 0.0, y_m = 0.0;
    if (!(place >> x_m)) return std::nullopt;
    if (!(place >> y_m)) {
        if (!place.eof()) return std::nullopt;
        y_m = 0.0;
    }
    if (!ended(place)) return std::nullopt;
    return PointMass{Length{x_m}, Length{y_m}, Mass{*number}};
}

void readLoad(const std::string& text, const ScaleModel& scale, ProbeInput& input,
              Diagnostics& problems) {
    const double length_m = scale.deck.length().si(), half_m = scale.deck.width.si() / 2.0;
    const auto load = parseLoad(text);
    if (!load) {
        return problems.push_back(problemAt(
            "--load", text,
            "expected a mass with its unit and a place in metres, like \"10 t @ 5.0 0.9\""));
    }
    const double x_m = load->x.si(), y_m = load->y.si();
    if (!(x_m >= 0.0 && x_m <= length_m && y_m >= -half_m && y_m <= half_m)) {
        return problems.push_back(
            problemAt("--load", text,
                      fmt::format("not on the deck: x from 0 to {} m, y from {} to {} m", length_m,
                                  -half_m, half_m)));
    }
    input.loads.push_back(*load);
}

/// What stands behind the @ of a vehicle: "15.8 0.1 reverse".
std::optional<Placement> parsePlace(const std::string& text) {
    std::istringstream words{text};
    double x_m = 0.0, y_m = 0.0;
    if (!(words >> x_m) || !std::isfinite(x_m)) return std::nullopt;
    Placement place{Length{x_m}, Length{}, Heading::alongX};
    std::string word;
    while (words >> word) {
        std::istringstream number{word};
        if (word == "reverse" && place.heading == Heading::alongX) {
            place.heading = Heading::againstX;
        } else if (place.lateral == Length{} && number >> y_m && number.eof()) {
            place.lateral = Length{y_m};
        } else {
            return std::nullopt;
        }
    }
    return place;
}

/// What is wrong with where a vehicle stands; empty when nothing is.
std::string wrongPlace(const ProbeVehicle& standing, const ScaleModel& scale) {
    const double half_m = scale.deck.width.si() / 2.0, length_m = scale.deck.length().si();
    const double back = standing.at.heading == Heading::alongX ? -1.0 : 1.0;
    bool any = false;
    for (const AxleModel& axle : standing.vehicle.axles) {
        const double outer_m = (axle.track + (axle.dual ? axle.dualSpacing : Length{})).si() / 2.0;
        if (std::abs(standing.at.lateral.si()) + outer_m > half_m) {
            return fmt::format("wheels stand beside the deck, whose edges are at +-{} m", half_m);
        }
        const double x_m = (standing.at.frontAxle + back * axle.position).si();
        any = any || (x_m >= 0.0 && x_m <= length_m);
    }
    return any ? "" : fmt::format("no axle on the deck, which reaches from 0 to {} m", length_m);
}

void readVehicle(const std::string& text, const ScaleModel& scale, ProbeInput& input,
                 Diagnostics& problems) {
    const auto at = text.rfind('@');
    const auto place = at == std::string::npos ? std::nullopt : parsePlace(text.substr(at + 1));
    if (!place) {
        return problems.push_back(
            problemAt("--vehicle", text,
                      "expected a vehicle file, the place of its front axle in metres, then, if "
                      "wanted, its lateral place and `reverse`, like "
                      "\"vehicles/china-6axle-49t.yaml @ 15.8 0.1 reverse\""));
    }
    const std::string name = text.substr(0, text.find_last_not_of(' ', at - 1) + 1);
    const auto vehicle = loadVehicle(findDataFile(name));
    if (!vehicle) {
        problems.insert(problems.end(), vehicle.error().begin(), vehicle.error().end());
        return;
    }
    const ProbeVehicle standing{*vehicle, *place};
    const std::string wrong = wrongPlace(standing, scale);
    if (!wrong.empty()) return problems.push_back(problemAt("--vehicle", text, wrong));
    input.vehicles.push_back(standing);
}

}  // namespace

Expected<ProbeInput, Diagnostics> readProbeInput(const ProbeArguments& arguments,
                                                 const ScaleModel& scale) {
    ProbeInput input;
    Diagnostics problems;
    for (const std::string& text : arguments.loads) readLoad(text, scale, input, problems);
    for (const std::string& text : arguments.vehicles) readVehicle(text, scale, input, problems);
    if (!arguments.faults.empty()) {
        auto faults = parseFaults(arguments.faults, scale, "--fault");
        if (faults) {
            input.faults = std::move(*faults);
        } else {
            problems.insert(problems.end(), faults.error().begin(), faults.error().end());
        }
    }
    if (!problems.empty()) return Unexpected<Diagnostics>{std::move(problems)};
    return input;
}

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>

#include "hil/cli/commands.h"
#include "hil/cli/console.h"
#include "hil/scenario/load.h"
#include "hil/scenario/units.h"
#include "sim/plant/probe.h"

namespace jh {

namespace {

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
    std::string rest;
    place.clear();
    if (place >> rest) return std::nullopt;
    return PointMass{Length{x_m}, Length{y_m}, Mass{*number}};
}

std::string probeJson(const ProbeResult& result) {
    nlohmann::ordered_json json;
    json["cells"] = nlohmann::ordered_json::array();
    for (const CellProbe& cell : result.cells) {
        json["cells"].push_back({{"id", cell.id},
                                 {"live_kg", cell.live.si()},
                                 {"dead_kg", cell.dead.si()},
                                 {"mV_V", cell.signal.si() * 1e3}});
    }
    json["terminals_mV_V"] = result.terminals.si() * 1e3;
    json["modes_Hz"] = result.modes_Hz;
    json["deflections_mm"] = nlohmann::ordered_json::array();
    for (const Length w : result.deflections) json["deflections_mm"].push_back(w.si() * 1e3);
    return json.dump(1) + "\n";
}

std::string probeText(const ScaleModel& scale, const ProbeResult& result) {
    std::string out = scale.title + "\n\n  cell     live kg     dead kg        mV/V\n";
    Mass live, dead;
    for (const CellProbe& cell : result.cells) {
        out += fmt::format("  {:<4} {:>11.2f} {:>11.2f} {:>11.6f}\n", cell.id, cell.live.si(),
                           cell.dead.si(), cell.signal.si() * 1e3);
        live = live + cell.live;
        dead = dead + cell.dead;
    }
    out += fmt::format("  sum  {:>11.2f} {:>11.2f} {:>11.6f}  at the terminals\n\n", live.si(),
                       dead.si(), result.terminals.si() * 1e3);
    for (std::size_t i = 0; i < result.deflections.size(); ++i) {
        out += fmt::format("  load {} moves down {:.3f} mm\n", i + 1,
                           result.deflections[i].si() * 1e3);
    }
    out += "  natural frequencies, Hz:";
    for (std::size_t i = 0; i < result.modes_Hz.size() && i < 10; ++i) {
        out += fmt::format(" {:.2f}", result.modes_Hz[i]);
    }
    return out + "\n";
}

}  // namespace

int probeCommand(const ProbeArguments& arguments) {
    const auto scale = loadScale(findDataFile(arguments.scale));
    if (!scale) {
        print(scale.error());
        return exitBadInput;
    }
    std::vector<PointMass> loads;
    const double length_m = scale->deck.length().si(), half_m = scale->deck.width.si() / 2.0;
    Diagnostics problems;
    for (const std::string& text : arguments.loads) {
        const auto load = parseLoad(text);
        if (!load) {
            problems.push_back(
                {"--load", 0, 0, "\"" + text + "\"",
                 "expected a mass with its unit and a place in metres, like \"10 t @ 5.0 0.9\"",
                 ""});
            continue;
        }
        const double x_m = load->x.si(), y_m = load->y.si();
        if (!(x_m >= 0.0 && x_m <= length_m && y_m >= -half_m && y_m <= half_m)) {
            problems.push_back({"--load", 0, 0, "\"" + text + "\"",
                                fmt::format("not on the deck: x from 0 to {} m, y from {} to {} m",
                                            length_m, -half_m, half_m),
                                ""});
            continue;
        }
        loads.push_back(*load);
    }
    if (!problems.empty()) {
        print(problems);
        return exitBadInput;
    }
    const ProbeResult result = probe(*scale, SiteModel{}, loads);
    return arguments.json ? deliver(*arguments.json, probeJson(result))
                          : deliver("", probeText(*scale, result));
}

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "hil/cli/commands.h"
#include "hil/cli/console.h"
#include "hil/cli/probe_arguments.h"
#include "hil/scenario/load.h"

namespace jh {

namespace {

std::string probeJson(const ProbeResult& result, const ProbeInput& input) {
    nlohmann::ordered_json json;
    json["cells"] = nlohmann::ordered_json::array();
    for (const CellProbe& cell : result.cells) {
        json["cells"].push_back({{"id", cell.id},
                                 {"live_kg", cell.live.si()},
                                 {"dead_kg", cell.dead.si()},
                                 {"mV_V", cell.signal.si() * 1e3}});
        if (!input.faults.empty()) json["cells"].back()["error_mV_V"] = cell.error.si() * 1e3;
    }
    json["terminals_mV_V"] = result.terminals.si() * 1e3;
    if (!input.faults.empty()) {
        json["terminals_error_mV_V"] = result.terminalsError.si() * 1e3;
        json["zero_error_kg"] = result.zeroError.si();
        json["load_error_kg"] = result.loadError.si();
    }
    json["modes_Hz"] = result.modes_Hz;
    json["deflections_mm"] = nlohmann::ordered_json::array();
    for (const Length w : result.deflections) json["deflections_mm"].push_back(w.si() * 1e3);
    return json.dump(1) + "\n";
}

std::string probeText(const ScaleModel& scale, const ProbeResult& result, const ProbeInput& input) {
    const bool faulty = !input.faults.empty();
    std::string out = scale.title + "\n\n  cell     live kg     dead kg        mV/V";
    out += faulty ? "   by faults\n" : "\n";
    Mass live, dead;
    for (const CellProbe& cell : result.cells) {
        out += fmt::format("  {:<4} {:>11.2f} {:>11.2f} {:>11.6f}", cell.id, cell.live.si(),
                           cell.dead.si(), cell.signal.si() * 1e3);
        out += faulty ? fmt::format(" {:>11.6f}\n", cell.error.si() * 1e3) : "\n";
        live = live + cell.live;
        dead = dead + cell.dead;
    }
    out += fmt::format("  sum  {:>11.2f} {:>11.2f} {:>11.6f}  at the terminals\n\n", live.si(),
                       dead.si(), result.terminals.si() * 1e3);
    if (faulty) {
        out += fmt::format(
            "  faults change the zero by {:.2f} kg and the load's indication by {:.2f} kg\n\n",
            result.zeroError.si(), result.loadError.si());
    }
    for (std::size_t i = 0; i < result.deflections.size(); ++i) {
        out += fmt::format("  load {} moves down {:.3f} mm\n", i + 1,
                           result.deflections[i].si() * 1e3);
    }
    out += "  natural frequencies, Hz:";
    // Those of a truck come before the deck's own.
    const std::size_t shown = input.vehicles.empty() ? 10 : 40;
    for (std::size_t i = 0; i < result.modes_Hz.size() && i < shown; ++i) {
        out += fmt::format(" {:.2f}", result.modes_Hz[i]);
    }
    return out + "\n";
}

}  // namespace

int probeCommand(const ProbeArguments& arguments) {
    const auto scale = loadScale(findDataFile(arguments.scale));
    const auto site = arguments.site.empty() ? Expected<SiteModel, Diagnostics>{SiteModel{}}
                                             : loadSite(findDataFile(arguments.site));
    const auto input =
        scale ? readProbeInput(arguments, *scale) : Expected<ProbeInput, Diagnostics>{ProbeInput{}};
    Diagnostics problems;
    const auto collect = [&problems](const auto& read) {
        if (!read) problems.insert(problems.end(), read.error().begin(), read.error().end());
    };
    collect(scale);
    collect(site);
    collect(input);
    if (!problems.empty()) {
        print(problems);
        return exitBadInput;
    }
    const ProbeResult result = probe(*scale, *site, *input);
    return arguments.json ? deliver(*arguments.json, probeJson(result, *input))
                          : deliver("", probeText(*scale, result, *input));
}

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/serve_input.h"

#include <iterator>
#include <utility>

#include "hil/cli/console.h"
#include "hil/cli/probe_arguments.h"
#include "hil/cli/wire_address.h"
#include "hil/scenario/load.h"
#include "hil/scenario/load_scene.h"
#include "hil/scenario/parse_faults.h"
#include "hil/scenario/sources.h"

namespace jh {

namespace {

constexpr const char *analogScale = "scales/100t-18x3-8c.yaml",
                     *digitalScale = "scales/100t-18x3-8c-digital.yaml";

/// Puts the input together; what is wrong anywhere is collected.
class Reader {
public:
    explicit Reader(const ServeArguments& arguments) : arguments_{arguments} {}

    Expected<ServeInput, Diagnostics> read() {
        readProfiles();
        if (arguments_.play.empty()) {
            readScale();
        } else {
            readPlay();
        }
        if (arguments_.seed) input_.seed = *arguments_.seed;
        input_.on.eachCell = arguments_.eachCell;
        if (!input_.on.scale.cells.empty()) readLoads();
        checkCells();
        readPlaces();
        if (!problems_.empty()) return Unexpected<Diagnostics>{std::move(problems_)};
        return std::move(input_);
    }

private:
    template <class T>
    bool collect(const Expected<T, Diagnostics>& read) {
        if (!read) problems_.insert(problems_.end(), read.error().begin(), read.error().end());
        return read.has_value();
    }
    void problem(const std::string& where, const std::string& path, const std::string& what) {
        problems_.push_back({where, 0, 0, path, what, {}});
    }

    void readProfiles() {
        for (const std::string& name : arguments_.profiles) {
            const auto profile = loadIndicator(findDataFile(name));
            if (collect(profile)) input_.profiles.push_back(*profile);
        }
        if (arguments_.source.empty()) return;
        const auto source = loadSignalSource(findDataFile(arguments_.source));
        if (collect(source)) input_.sources.push_back(*source);
        for (const auto& [option, given] : {std::pair{"--each-cell", arguments_.eachCell},
                                            {"--play", !arguments_.play.empty()}}) {
            if (given) problem(option, "", "not with --source, which takes the place of the scale");
        }
    }

    void readScale() {
        const std::string& name = !arguments_.scale.empty() ? arguments_.scale
                                  : arguments_.eachCell     ? digitalScale
                                                            : analogScale;
        const auto scale = loadScale(findDataFile(name));
        if (collect(scale)) input_.on.scale = *scale;
        if (arguments_.site.empty()) return;
        const auto site = loadSite(findDataFile(arguments_.site));
        if (collect(site)) input_.on.site = *site;
    }

    /// What stands on the command line in place of a part of the file that is played.
    TreeNode changes() const {
        const auto source = std::make_shared<const TextSource>(TextSource{"serve", {}});
        TreeNode changes;
        changes.kind = TreeNode::Kind::map;
        changes.source = source;
        for (const auto& [key, file] :
             {std::pair{"scale", arguments_.scale}, {"site", arguments_.site}}) {
            if (file.empty()) continue;
            TreeNode name = textNode(std::filesystem::absolute(findDataFile(file)).string());
            name.source = source;
            changes.entries.push_back({key, {}, std::move(name)});
        }
        return changes;
    }

    void readPlay() {
        const std::filesystem::path file = findDataFile(arguments_.play);
        Diagnostics unread;
        const auto document = openDocument(file, "", unread);
        if (document && document->kind == "scenario") {
            const auto scenario = loadScenario(file, changes());
            if (collect(scenario)) take(*scenario);
        } else {
            const auto scene = loadScene(file, changes());
            if (collect(scene)) take(*scene);
        }
    }

    /// A scenario has faults and weather, and the line's faults; its loads come by its procedure.
    void take(const Scenario& scenario) {
        input_.on.scale = scenario.scale;
        input_.on.site = scenario.site;
        input_.on.settings = scenario.settings;
        input_.on.faults = scenario.faults;
        input_.lineFaults = scenario.lineFaults;
        input_.seed = scenario.seed;
    }

    /// The scene begins when the scale has been adjusted: so do its faults and its rain.
    void take(const Scene& scene) {
        input_.on.scale = scene.scale;
        input_.on.site = scene.site;
        input_.on.site.day.start -= ServedScale::adjusting;
        input_.on.site.rain.start += ServedScale::adjusting;
        input_.on.settings.conversionRate_Hz = scene.conversionRate_Hz;
        for (Fault fault : scene.faults) {
            if (fault.from == FaultStart::power_on) fault.from = FaultStart::after_adjustment;
            input_.on.faults.push_back(fault);
        }
        input_.seed = scene.seed;
        input_.on.scene = scene;
    }

    void readLoads() {
        ProbeArguments probe;
        probe.loads = arguments_.loads;
        probe.vehicles = arguments_.vehicles;
        probe.faults = arguments_.faults;
        const auto loads = readProbeInput(probe, input_.on.scale);
        if (!collect(loads)) return;
        input_.loads = *loads;
        std::copy(loads->faults.begin(), loads->faults.end(), std::back_inserter(input_.on.faults));
    }

    void checkCells() {
        if (!arguments_.eachCell || input_.on.scale.cells.empty()) return;
        if (input_.on.scale.wiring.box == BoxKind::digital) return;
        problem("--each-cell", "",
                "the scale has an analog box, behind which nobody can ask a cell; expected a scale "
                "with `wiring: {box: digital}`, like scales/100t-18x3-8c-digital.yaml");
    }

    void readPlaces() {
        for (const std::string& text : arguments_.tcp) address("--tcp", text, AduFraming::mbap);
        for (const std::string& text : arguments_.rtuOverTcp) {
            address("--rtu-over-tcp", text, AduFraming::rtu);
        }
        if (arguments_.tcp.empty() && arguments_.rtuOverTcp.empty() && arguments_.rtu.empty() &&
            arguments_.ptys == 0) {
            problem("serve", "", "nowhere to listen: give --tcp, --rtu-over-tcp, --rtu or --pty");
        }
        if (!arguments_.tcp.empty()) input_.wires.push_back(LineWire::tcp);
        if (!arguments_.rtuOverTcp.empty() || !arguments_.rtu.empty() || arguments_.ptys > 0) {
            input_.wires.push_back(LineWire::rtu);
        }
        const auto faults = parseLineFaults(arguments_.lineFaults, input_.wires, "--line-fault");
        if (!collect(faults)) return;
        std::copy(faults->begin(), faults->end(), std::back_inserter(input_.lineFaults));
    }

    void address(const char* option, const std::string& text, AduFraming framing) {
        if (const auto place = parseHostPort(text)) {
            input_.addresses.push_back({place->host, place->port, framing, {}});
        } else {
            problem(option, '"' + text + '"',
                    "expected an address and a port, like 127.0.0.1:1502");
        }
    }

    const ServeArguments& arguments_;
    ServeInput input_;
    Diagnostics problems_;
};

}  // namespace

Expected<ServeInput, Diagnostics> readServeInput(const ServeArguments& arguments) {
    return Reader{arguments}.read();
}

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "hil/cli/commands.h"
#include "hil/cli/console.h"
#include "hil/cli/examine_firmware.h"
#include "hil/conform/conform_report.h"
#include "hil/scenario/load.h"

namespace jh {

int examineCommand(const ExamineArguments& arguments) {
    const auto scenario = loadScenario(findDataFile(arguments.scenario));
    if (!scenario) {
        print(scenario.error());
        return exitBadInput;
    }
    if (!scenario->indicator.ownFirmware) {
        fmt::print(stderr,
                   "jianheng: {}: its indicator is served beside the firmware; examined is what "
                   "answers on the wire itself (own_firmware)\n",
                   arguments.scenario);
        return exitBadInput;
    }
    ConformReport report;
    {
        ProgressLine progress{!arguments.quiet};
        report = examineFirmware(
            *scenario, {arguments.powerFails, arguments.seed, [&](const std::string& doing) {
                            progress.show(scenario->name, SimTime{}, doing);
                        }});
    }
    report.title = scenario->title;
    report.place = scenario->firmware ? scenario->firmware->image : "the reference firmware";
    const bool jsonToStdout = arguments.json && arguments.json->empty();
    if (!arguments.quiet && !jsonToStdout) fmt::print("{}", conformText(report));
    int code = exitPass;
    if (arguments.json) code = worse(code, deliver(*arguments.json, conformJson(report)));
    if (!arguments.html.empty()) code = worse(code, deliver(arguments.html, conformHtml(report)));
    if (code != exitPass) return code;
    if (!report.lost.empty()) return complain(report.lost);
    return report.count(ConformVerdict::differs) == 0 ? exitPass : exitFail;
}

}  // namespace jh

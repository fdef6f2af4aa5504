// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "hil/cli/command_conform.h"
#include "hil/cli/console.h"
#include "hil/cli/examine_firmware.h"
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
    return deliverConform(report, arguments.json, arguments.html, arguments.quiet);
}

}  // namespace jh

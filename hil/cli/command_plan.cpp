// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "hil/cli/commands.h"
#include "hil/cli/console.h"
#include "hil/report/text_table.h"
#include "hil/scenario/load.h"

namespace jh {

int planCommand(const PlanArguments& arguments) {
    const auto scenario = loadScenario(findDataFile(arguments.scenario));
    if (!scenario) {
        print(scenario.error());
        return exitBadInput;
    }
    const LoadPlan plan =
        planLoads(scenario->scale, scenario->regulation, scenario->weights, scenario->seed);
    const Language language = arguments.language == "zh" ? Language::zh : Language::en;
    fmt::print("{}", planText(*scenario, plan, language));
    return plan.findings.empty() ? exitPass : exitFail;
}

}  // namespace jh

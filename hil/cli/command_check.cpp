// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <memory>

#include "hil/cli/commands.h"
#include "hil/cli/console.h"
#include "hil/scenario/load.h"

namespace jh {

void addCheck(CLI::App& app, int& exitCode) {
    CLI::App* command = app.add_subcommand("check", "Validate scenario, scale, regulation and indicator files");
    auto files = std::make_shared<std::vector<std::string>>();
    command->add_option("FILE", *files, "Files; their kind stands in them")->required();
    command->footer("Example:\n  jianheng check my-scale.yaml my-scenario.yaml");
    command->callback([files, &exitCode] {
        Diagnostics all;
        for (const std::string& file : *files) {
            const Diagnostics found = checkFile(findDataFile(file));
            if (found.empty()) fmt::print("{}: ok\n", file);
            all.insert(all.end(), found.begin(), found.end());
        }
        if (!all.empty()) print(all);
        exitCode = all.empty() ? exitPass : exitBadInput;
    });
}

}  // namespace jh

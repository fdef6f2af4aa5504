// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "hil/cli/commands.h"
#include "hil/cli/console.h"
#include "hil/scenario/load.h"

namespace jh {

int checkCommand(const std::vector<std::string>& files) {
    Diagnostics all;
    for (const std::string& file : files) {
        const Diagnostics found = checkFile(findDataFile(file));
        if (found.empty()) fmt::print("{}: ok\n", file);
        all.insert(all.end(), found.begin(), found.end());
    }
    if (!all.empty()) print(all);
    return all.empty() ? exitPass : exitBadInput;
}

}  // namespace jh

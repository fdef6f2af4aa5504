// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdlib>
#include <filesystem>

#include "hil/scenario/load.h"

namespace jh {

std::filesystem::path dataFolder() {
    namespace fs = std::filesystem;
    if (const char* chosen = std::getenv("JIANHENG_DATA"); chosen != nullptr && *chosen != '\0') {
        return chosen;
    }
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error).parent_path();
    for (const char* place : {"scenarios", "../share/jianheng/scenarios"}) {
        fs::path folder = (program / place).lexically_normal();
        if (!program.empty() && fs::is_directory(folder / "scales", error)) return folder;
    }
    return JH_DATA_FOLDER;
}

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "hil/conform/conform_report.h"

namespace jh {

std::string conformVerdict(const ConformReport& report) {
    if (!report.lost.empty()) return "device lost";
    return report.count(ConformVerdict::differs) == 0 ? "conforms" : "differs";
}

std::string conformText(const ConformReport& report) {
    std::string text = fmt::format("{}\nat {}\n", report.title, report.place), section;
    for (const ConformLine& line : report.lines) {
        if (line.section != section) text += fmt::format("\n{}\n", line.section);
        section = line.section;
        text += fmt::format("  {:<9}  {}\n", word(line.verdict), line.tried);
        const bool tried = line.verdict != ConformVerdict::notTried;
        if (tried && line.verdict == ConformVerdict::differs) {
            text += fmt::format("             expected: {} ({})\n", line.expected, line.source);
        }
        text += fmt::format("             {}{}\n", tried ? "found: " : "", line.found);
    }
    if (!report.lost.empty()) text += fmt::format("\nlost: {}\n", report.lost);
    text += fmt::format("\nverdict: {}   {} ok, {} differ, {} not tried\n", conformVerdict(report),
                        report.count(ConformVerdict::ok), report.count(ConformVerdict::differs),
                        report.count(ConformVerdict::notTried));
    return text;
}

}  // namespace jh

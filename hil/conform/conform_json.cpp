// SPDX-License-Identifier: GPL-3.0-or-later
#include <nlohmann/json.hpp>

#include "hil/conform/conform_report.h"

namespace jh {

std::string conformJson(const ConformReport& report) {
    using Json = nlohmann::ordered_json;
    Json lines = Json::array();
    for (const ConformLine& line : report.lines) {
        lines.push_back({{"section", line.section},
                         {"tried", line.tried},
                         {"expected", line.expected},
                         {"source", line.source},
                         {"found", line.found},
                         {"verdict", word(line.verdict)}});
    }
    const Json all{{"title", report.title},
                   {"place", report.place},
                   {"date", report.date},
                   {"verdict", conformVerdict(report)},
                   {"lost", report.lost},
                   {"counts",
                    {{"ok", report.count(ConformVerdict::ok)},
                     {"differs", report.count(ConformVerdict::differs)},
                     {"not tried", report.count(ConformVerdict::notTried)}}},
                   {"sources", report.sources},
                   {"lines", std::move(lines)}};
    return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/loop_json.h"

#include <nlohmann/json.hpp>

namespace jh {

namespace {

nlohmann::ordered_json durations(const DurationHistogram& histogram) {
    const auto ms = [](SimTime t) { return seconds(t) * 1e3; };
    nlohmann::ordered_json json;
    json["count"] = histogram.count();
    for (const auto& [name, share] :
         {std::pair{"median_ms", 0.5}, {"p99_ms", 0.99}, {"p999_ms", 0.999}}) {
        json[name] = ms(histogram.quantile(share));
    }
    json["max_ms"] = ms(histogram.most());
    // Only the bins that hold something: upper edge and number.
    json["bins_ms"] = nlohmann::ordered_json::array();
    for (std::size_t bin = 0; bin < histogram.bins().size(); ++bin) {
        if (histogram.bins()[bin] == 0) continue;
        json["bins_ms"].push_back(
            {ms(DurationHistogram::edge(static_cast<int>(bin))), histogram.bins()[bin]});
    }
    return json;
}

}  // namespace

std::string loopJson(const LoopReport& loop) {
    nlohmann::ordered_json json;
    json["period_ms"] = seconds(loop.timing.period) * 1e3;
    json["ticks"] = loop.timing.ticks;
    json["missed"] = loop.timing.missed;
    json["real_time"] = loop.timing.realTime;
    json["memory_locked"] = loop.timing.memoryLocked;
    if (!loop.timing.advice.empty()) json["advice"] = loop.timing.advice;
    json["lateness"] = durations(loop.timing.lateness);
    json["period_error"] = durations(loop.timing.periodError);
    json["work"] = durations(loop.timing.work);
    json["transaction"] = durations(loop.transaction);
    json["signal_to_register"] = durations(loop.signalToRegister);
    json["source"] = durations(loop.source.latency);
    json["source"]["written"] = loop.source.written;
    json["source"]["overtaken"] = loop.source.overtaken;
    json["source"]["failed"] = loop.source.failed;
    json["source"]["driven_to_safe"] = loop.source.safe;
    if (!loop.source.firstFailure.empty()) {
        json["source"]["first_failure"] = loop.source.firstFailure;
        json["source"]["longest_outage_s"] = seconds(loop.source.longestOutage);
    }
    json["losses"] = loop.losses;
    json["line"] = {{"exchanges", loop.line.exchanges},
                    {"timeouts", loop.line.timeouts},
                    {"foreign", loop.line.foreign},
                    {"damaged", loop.line.damaged},
                    {"longest_turn_around_ms", seconds(loop.line.longestTurnAround) * 1e3}};
    return json.dump(1);
}

}  // namespace jh

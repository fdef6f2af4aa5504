// SPDX-License-Identifier: GPL-3.0-or-later
// How fast it answers, how often its values change, and how it follows a step of the load.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "hil/conform/conform_bench.h"

namespace jh {

namespace {

double milliseconds(SimTime time) {
    return seconds(time) * 1e3;
}

SimTime quantile(const std::vector<SimTime>& sorted, double share) {
    const auto last = static_cast<double>(sorted.size() - 1);
    return sorted[static_cast<std::size_t>(std::lround(share * last))];
}

void responseTime(ConformBench& bench, const std::vector<std::uint8_t>& read) {
    std::vector<SimTime> times;
    int missing = 0;
    for (int i = 0; i < bench.options.requests && !bench.lost(); ++i) {
        const RawAnswer answer = bench.ask(read);
        if (answer.kind == RawAnswer::Kind::reply) {
            times.push_back(answer.turnAround);
        } else {
            ++missing;
        }
    }
    if (bench.lost()) return;
    const std::string tried =
        fmt::format("{} readings, one after the other", bench.options.requests);
    const std::string expected =
        fmt::format("all answered within {:.0f} ms", milliseconds(bench.profile.replyTimeout));
    std::string found = missing == 0 ? "" : fmt::format("{} without an answer; ", missing);
    bool right = missing == 0;
    if (!times.empty()) {
        std::sort(times.begin(), times.end());
        found += fmt::format("median {:.2f} ms, p99 {:.2f} ms, max {:.2f} ms",
                             milliseconds(quantile(times, 0.5)),
                             milliseconds(quantile(times, 0.99)), milliseconds(times.back()));
        right = right && times.back() <= bench.profile.replyTimeout;
    }
    bench.add(right ? ConformVerdict::ok : ConformVerdict::differs, tried, expected,
              bench.origin("reply_timeout"), found);
}

struct Change {
    std::optional<std::int64_t> last;
    std::vector<SimTime> at;
    void see(std::optional<std::int64_t> value, SimTime now) {
        if (last && value && *value != *last) at.push_back(now);
        if (value) last = value;
    }
    SimTime between() const {
        return (at.back() - at.front()) / static_cast<std::int64_t>(at.size() - 1);
    }
};

void updateRate(ConformBench& bench) {
    std::vector<std::string> names;
    for (const char* name : {"gross", "displayed", "adc_code", "heartbeat"}) {
        if (bench.profile.fields.count(name) != 0) names.emplace_back(name);
    }
    const auto plan = planReading(bench.profile, names);
    std::map<std::string, Change> changes;
    const SimTime begin = bench.clock.now();
    while (bench.clock.now() < begin + bench.options.watch && !bench.lost()) {
        RegisterImage image{bench.profile};
        for (const RegisterBlock& block : plan) {
            auto words =
                bench.modbus.read(block.address, static_cast<int>(block.words.size()), block.table);
            if (words) image.add({block.table, block.address, std::move(*words)});
            if (!words && words.error().kind == IoError::Kind::disconnected) {
                bench.lose(words.error());
            }
        }
        const SimTime now = bench.clock.now();
        for (const std::string& name : names) changes[name].see(image.raw(name, 6), now);
        if (!bench.clock.waitUntil(now + 1ms)) break;
    }
    for (const std::string& name : names) {
        const std::string tried = fmt::format("how often {} changes, watched for {:.0f} s", name,
                                              seconds(bench.options.watch));
        const Change& change = changes[name];
        const bool heartbeat = name == "heartbeat";
        const std::string source =
            bench.origin("fields." + name, bench.profile.fields.at(name).source);
        constexpr std::size_t fewest = 3;
        if (change.at.size() < fewest && !heartbeat) {
            bench.notTried(tried, fmt::format("not seen: {} changes; it needs a load that moves",
                                              change.at.size()));
        } else if (change.at.size() < 2) {
            bench.add(ConformVerdict::differs, tried, "moves by itself", source, "stands still");
        } else {
            const SimTime between = change.between();
            bench.add(ConformVerdict::ok, tried, heartbeat ? "moves by itself" : "for the record",
                      source,
                      fmt::format("{} changes, one in {:.0f} ms: {:.1f} a second", change.at.size(),
                                  milliseconds(between), 1.0 / seconds(between)));
        }
    }
}

/// One reading of a step of the load.
struct Seen {
    SimTime at;
    ExactMass gross;
    bool stable;
};

std::vector<Seen> watchStep(ConformBench& bench) {
    constexpr SimTime rest = 2s;
    std::vector<Seen> seen;
    const SimTime begin = bench.clock.now();
    SimTime moved = begin;
    bool begun = false;
    while (bench.clock.now() < begin + bench.options.step) {
        const auto reading = bench.indicator.read();
        if (!reading && reading.error().kind == IoError::Kind::disconnected) {
            bench.lose(reading.error());
        }
        if (bench.lost() || (!reading && reading.error().kind == IoError::Kind::interrupted)) break;
        if (!reading || !reading->gross) continue;
        const Seen now{reading->at, *reading->gross, reading->weightStable};
        if (!seen.empty() && (now.gross - seen.back().gross).abs() > reading->interval) {
            moved = now.at;
            begun = true;
        }
        seen.push_back(now);
        if (begun && now.stable && now.at > moved + rest) break;
    }
    return seen;
}

}  // namespace

void conformTiming(ConformBench& bench) {
    bench.section("Time");
    const auto read = bench.soundRead();
    if (!read) return bench.notTried("response time", "the profile has nothing to read");
    responseTime(bench, *read);
    if (!bench.lost()) updateRate(bench);
}

void conformStep(ConformBench& bench) {
    const std::string tried = "a step of the load";
    if (bench.options.step == SimTime{}) {
        return bench.notTried(tried, "somebody must change the load: --step 30s");
    }
    if (bench.options.say) {
        bench.options.say(
            fmt::format("now change the load, within {:.0f} s", seconds(bench.options.step)));
    }
    const std::vector<Seen> seen = watchStep(bench);
    if (bench.lost()) return;
    const ExactMass d = bench.scale.firstInterval();
    const auto far = [&](const Seen& s, ExactMass from) { return (s.gross - from).abs() > d; };
    const auto first = std::find_if(seen.begin(), seen.end(),
                                    [&](const Seen& s) { return far(s, seen.front().gross); });
    if (first == seen.end()) return bench.notTried(tried, "none was seen");
    const ExactMass from = seen.front().gross, to = seen.back().gross;
    const SimTime begin = (first - 1)->at;
    SimTime settled = begin, stable = begin;
    bool stableTooEarly = false;
    for (auto s = first; s != seen.end(); ++s) {
        const bool away = far(*s, to);
        if (away) settled = s->at;
        if (!s->stable) stable = s->at;
        stableTooEarly = stableTooEarly || (away && s->stable);
    }
    constexpr SimTime grid = readingGrid;
    const std::string unit = symbol(bench.scale.unit);
    bench.add(stableTooEarly || !seen.back().stable ? ConformVerdict::differs : ConformVerdict::ok,
              tried, "not told as stable before it has come to within one interval",
              bench.origin("status_bits.stable"),
              fmt::format("from {} to {} {}: within one interval after {:.2f} s, {} (read every "
                          "{:.2f} s)",
                          from.text(bench.scale.unit, 3), to.text(bench.scale.unit, 3), unit,
                          seconds(settled + grid - begin),
                          seen.back().stable
                              ? fmt::format("stable after {:.2f} s", seconds(stable + grid - begin))
                              : std::string{"not stable in the end"},
                          seconds(grid)));
    if (stableTooEarly) {
        bench.add(ConformVerdict::differs, "the stable bit during the step", "no",
                  bench.origin("status_bits.stable"), "yes, on the way");
    }
}

}  // namespace jh

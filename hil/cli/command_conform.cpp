// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <tuple>

#include "hil/cli/command_conform.h"
#include "hil/cli/console.h"
#include "hil/cli/wire_address.h"
#include "hil/conform/conform_report.h"
#include "hil/scenario/load.h"
#include "hil/scenario/units.h"

namespace jh {

namespace {

/// Wall time; Ctrl-C ends a wait.
class WaitingClock final : public Clock {
public:
    SimTime now() const override { return steadyNow(); }
    Expected<void, IoError> waitUntil(SimTime t) override {
        constexpr SimTime longest = 50ms;
        while (!stopSignalled && now() < t) {
            const SimTime left = std::min(t - now(), longest);
            const timespec pause{0, static_cast<long>(std::max(left, SimTime{}).count())};
            nanosleep(&pause, nullptr);
        }
        if (!stopSignalled) return {};
        return Unexpected<IoError>{{IoError::Kind::interrupted, "stopped"}};
    }
};

struct ConformInput {
    IndicatorProfile profile;
    ScaleModel scale;
    HostPort tcp;
    SimTime step{}, watch{};
};

Expected<ConformInput, Diagnostics> readInput(const ConformArguments& arguments) {
    ConformInput input;
    Diagnostics problems;
    const auto complainAbout = [&](const char* option, const std::string& text,
                                   const char* message) {
        problems.push_back({option, 0, 0, text.empty() ? "" : '"' + text + '"', message, {}});
    };
    takeOr(loadIndicator(findDataFile(arguments.profile)), input.profile, problems);
    takeOr(loadScale(findDataFile(arguments.scale)), input.scale, problems);
    if (arguments.tcp.empty() == arguments.rtu.empty()) {
        complainAbout("conform", "", "where is it? Give either --tcp or --rtu");
    }
    if (!arguments.tcp.empty()) {
        const auto place = parseHostPort(arguments.tcp);
        if (place && place->port != 0) {
            input.tcp = *place;
        } else {
            complainAbout("--tcp", arguments.tcp,
                          "expected an address and a port, like 192.168.0.50:502");
        }
    }
    for (const auto& [option, text, into] :
         {std::tuple{"--step", &arguments.step, &input.step},
          std::tuple{"--watch", &arguments.watch, &input.watch}}) {
        if (text->empty()) continue;
        if (const auto time = parseTime(*text); time && *time > SimTime{}) {
            *into = *time;
        } else {
            complainAbout(option, *text, "expected a time, like 30s");
        }
    }
    if (!problems.empty()) return Unexpected<Diagnostics>{std::move(problems)};
    return input;
}

Expected<std::unique_ptr<RawClient>, IoError> open(const ConformArguments& arguments,
                                                   const ConformInput& input, std::string& place) {
    if (!arguments.tcp.empty()) {
        place = fmt::format("{}:{}", input.tcp.host, input.tcp.port);
        return openRawTcp(input.tcp.host, input.tcp.port, input.profile.replyTimeout);
    }
    SerialLineSettings settings;
    settings.port.device = arguments.rtu;
    settings.port.baud = arguments.baud.value_or(input.profile.baud);
    settings.port.format = arguments.format;
    place = fmt::format("{}, {} baud, {}", arguments.rtu, settings.port.baud,
                        word(settings.port.format));
    return openRawRtu(settings, input.profile.replyTimeout);
}

}  // namespace

int deliverConform(const ConformReport& report, const JsonOutput& json, const std::string& html,
                   bool quiet) {
    const bool jsonToStdout = json && json->empty();
    if (!quiet && !jsonToStdout) fmt::print("{}", conformText(report));
    int code = exitPass;
    if (json) code = worse(code, deliver(*json, conformJson(report)));
    if (!html.empty()) code = worse(code, deliver(html, conformHtml(report)));
    if (code != exitPass) return code;
    if (!report.lost.empty()) return complain(report.lost);
    return report.count(ConformVerdict::differs) == 0 ? exitPass : exitFail;
}

int conformCommand(const ConformArguments& arguments) {
    const auto input = readInput(arguments);
    if (!input) {
        print(input.error());
        return exitBadInput;
    }
    catchStopSignals();
    ConformOptions options;
    options.unit = arguments.unit.value_or(input->profile.station);
    options.write = arguments.write;
    options.step = input->step;
    options.watch = input->watch;
    options.say = [](const std::string& text) { fmt::print(stderr, "{}\n", text); };
    std::string place;
    const auto client = open(arguments, *input, place);
    if (!client) return complain(client.error().text);
    WaitingClock clock;
    ConformReport report = conform(input->profile, **client, clock, input->scale, options);
    report.place = fmt::format("{}, unit {}", place, options.unit);
    report.date = fmt::format("{:%Y-%m-%d %H:%M}", fmt::localtime(std::time(nullptr)));
    const int code = deliverConform(report, arguments.json, arguments.html, arguments.quiet);
    return stopSignalled ? static_cast<int>(exitInterrupted) : code;
}

}  // namespace jh

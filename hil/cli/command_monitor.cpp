// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <list>

#include "hil/cli/console.h"
#include "hil/cli/frame_report.h"
#include "hil/cli/relay_monitor.h"
#include "hil/cli/wire_commands.h"
#include "hil/modbus/connect_socket.h"
#include "hil/modbus/rtu_dialogue.h"
#include "hil/modbus/rtu_watch.h"
#include "hil/modbus/serial_port.h"
#include "hil/scenario/load.h"

namespace jh {

namespace {

constexpr SimTime lookEvery = 100ms;  // for Ctrl-C and --count

struct MonitorInput {
    std::list<IndicatorProfile> profiles;
    ProfileNames names;
    HostAddress listen, server;
    int baud{9600};
};

/// "FILE" or "FILE=UNIT"
std::pair<std::string, std::optional<int>> fileAndUnit(const std::string& text) {
    const auto equals = text.rfind('=');
    if (equals == std::string::npos) return {text, {}};
    int unit{};
    const char* end = text.data() + text.size();
    const auto [read, error] = std::from_chars(text.data() + equals + 1, end, unit);
    constexpr int mostUnits = 255;
    if (error != std::errc{} || read != end || unit < 0 || unit > mostUnits) return {text, {}};
    return {text.substr(0, equals), unit};
}

/// Like parseHostAddress, and also "1502", ":1502", "127.0.0.1:0".
std::optional<HostAddress> parseListenAddress(const std::string& text) {
    const auto colon = text.rfind(':');
    HostAddress address{"127.0.0.1", 0};
    if (colon != std::string::npos && colon > 0) address.host = text.substr(0, colon);
    const std::string port = colon == std::string::npos ? text : text.substr(colon + 1);
    const char* end = port.data() + port.size();
    const auto [read, error] = std::from_chars(port.data(), end, address.port);
    if (error != std::errc{} || read != end || port.empty()) return std::nullopt;
    return address;
}

Expected<MonitorInput, Diagnostics> readInput(const MonitorArguments& arguments) {
    MonitorInput input;
    Diagnostics problems;
    const auto wrong = [&problems](const char* where, const std::string& found,
                                   const std::string& expected) {
        problems.push_back({where, 0, 0, found, expected, {}});
    };
    for (const std::string& text : arguments.profiles) {
        const auto [file, unit] = fileAndUnit(text);
        const auto profile = loadIndicator(findDataFile(file));
        if (!profile) {
            problems.insert(problems.end(), profile.error().begin(), profile.error().end());
            continue;
        }
        input.profiles.push_back(*profile);
        input.names.add(unit.value_or(profile->station), input.profiles.back());
        if (input.profiles.size() == 1) input.baud = profile->baud;
    }
    input.baud = arguments.baud.value_or(input.baud);
    if (arguments.rtu.empty() == arguments.tcp.empty()) {
        wrong("monitor", "", "give --rtu DEVICE, or --tcp ADDRESS and --to HOST:PORT");
    }
    if (!arguments.tcp.empty()) {
        const auto listen = parseListenAddress(arguments.tcp);
        const auto server = parseHostAddress(arguments.to);
        if (!listen) {
            wrong("--tcp", '"' + arguments.tcp + '"',
                  "expected an address and a port, like 127.0.0.1:1502");
        }
        if (!server) {
            wrong("--to", '"' + arguments.to + '"',
                  "expected the device's host and port, like 192.168.1.20:502");
        }
        input.listen = listen.value_or(HostAddress{});
        input.server = server.value_or(HostAddress{});
    } else if (!arguments.to.empty()) {
        wrong("--to", '"' + arguments.to + '"', "goes with --tcp");
    }
    if (!problems.empty()) return Unexpected<Diagnostics>{std::move(problems)};
    return input;
}

/// A serial line that others speak on.
class LineMonitor {
public:
    LineMonitor(FrameReport& report, SerialPort port, SimTime latency)
        : report_{report},
          port_{std::move(port)},
          watch_{rtuTiming(port_.settings().baud, bitsOf(port_.settings().format)), latency} {}

    /// Listens until somebody stops it or it has seen so many frames; why the device is lost, if
    /// it is.
    std::string run(std::optional<int> count) {
        const auto enough = [&] {
            return count && report_.frames() >= static_cast<std::uint64_t>(*count);
        };
        while (!stopSignalled && !enough()) {
            const SimTime look = steadyNow() + lookEvery;
            const auto ready = port_.waitUntil(std::min(watch_.due().value_or(look), look));
            std::array<std::uint8_t, 512> bytes{};
            const auto got =
                ready && *ready ? port_.read(bytes) : Expected<std::size_t, IoError>{0U};
            if (!ready) return ready.error().text;
            if (!got) return got.error().text;
            watch_.feed(steadyNow(), std::span{bytes}.first(*got));
            while (const auto frame = watch_.poll(steadyNow())) report(*frame);
        }
        return {};
    }

private:
    void report(const HeardFrame& heard) {
        using Kind = WatchedFrame::Kind;
        WatchedFrame frame;
        frame.begin = heard.begin;
        frame.end = heard.end;
        frame.adu = heard.bytes;
        frame.kind = heard.kind == HeardFrame::Kind::noise ? Kind::noise : Kind::damaged;
        if (heard.kind == HeardFrame::Kind::whole) {
            const RtuSide side = dialogue_.sideOf(heard.bytes, heard.begin, heard.end);
            frame.kind = side == RtuSide::request ? Kind::request : Kind::reply;
            frame.unit = heard.bytes.front();
            frame.pdu = pduOf(heard.bytes);
            if (side == RtuSide::reply) frame.asked = pduOf(dialogue_.request());
        }
        report_.add(frame);
    }

    static std::span<const std::uint8_t> pduOf(std::span<const std::uint8_t> frame) {
        if (frame.size() < leastRtuBytes) return {};
        return frame.subspan(1, frame.size() - 3);
    }

    FrameReport& report_;
    SerialPort port_;
    RtuWatch watch_;
    RtuDialogue dialogue_;
};

std::string openFiles(FrameReport& report, const MonitorArguments& arguments) {
    std::string problem;
    if (!arguments.csv.empty()) problem = report.writeCsv(arguments.csv);
    if (problem.empty() && !arguments.pcap.empty()) problem = report.writePcap(arguments.pcap);
    return problem;
}

int end(FrameReport& report, const std::string& lost) {
    fmt::print(stderr, "{}\n", report.sums());
    if (const auto problem = report.problem(); !problem.empty()) return complain(problem);
    return lost.empty() ? static_cast<int>(exitPass) : complain(lost);
}

int monitorLine(MonitorInput input, const MonitorArguments& arguments) {
    SerialSettings settings;
    settings.device = arguments.rtu;
    settings.baud = input.baud;
    settings.format = arguments.format;
    auto port = SerialPort::open(settings);
    if (!port) return complain(port.error().text);
    FrameReport report{std::move(input.names), characterTime(settings.baud, settings.format)};
    report.quiet = arguments.quiet;
    if (const auto problem = openFiles(report, arguments); !problem.empty()) {
        return complain(problem);
    }
    fmt::print(stderr, "listening on {}, {} baud, {}; never sending\n", settings.device,
               settings.baud, word(settings.format));
    return end(report, LineMonitor{report, std::move(*port), arguments.adapterLatency}.run(
                           arguments.count));
}

int monitorRelay(MonitorInput input, const MonitorArguments& arguments) {
    const auto server = inFigures(input.server);
    if (!server) return complain(server.error().text);
    FrameReport report{std::move(input.names), SimTime{}};
    report.quiet = arguments.quiet;
    RelayMonitor monitor{report, *server};
    const auto port = monitor.listen(input.listen);
    if (!port) return complain(port.error().text);
    if (const auto problem = openFiles(report, arguments); !problem.empty()) {
        return complain(problem);
    }
    fmt::print(stderr, "listening at {}:{}, passing on to {}\n", input.listen.host, *port,
               server->text());
    monitor.run(arguments.count);
    return end(report, {});
}

}  // namespace

int monitorCommand(const MonitorArguments& arguments) {
    auto input = readInput(arguments);
    if (!input) {
        print(input.error());
        return exitBadInput;
    }
    catchStopSignals();
    return arguments.rtu.empty() ? monitorRelay(std::move(*input), arguments)
                                 : monitorLine(std::move(*input), arguments);
}

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "hil/cli/commands.h"
#include "hil/cli/console.h"
#include "hil/cli/line_fault_play.h"
#include "hil/cli/serve_capture.h"
#include "hil/cli/serve_input.h"
#include "hil/cli/serve_orders.h"
#include "hil/cli/served_indicator.h"
#include "hil/indicator/simulated_source.h"
#include "hil/modbus/rtu_port.h"
#include "hil/modbus/tcp_server.h"

namespace jh {

namespace {

/// Whoever asks finds a scale that has caught up; nobody asking must not let work pile up.
constexpr std::chrono::milliseconds tick{100};
constexpr int mostUnits = 247;

/// All that listens, for as long as it lives.
class Serving {
public:
    Serving(const ServeInput& input, const ServeArguments& arguments)
        : input_{input}, arguments_{arguments}, tcp_{poller_, options(arguments)} {
        const auto since = [this] { return steadyNow() - begin_; };
        for (int copy = 0; copy < arguments.count; ++copy) {
            for (const IndicatorProfile& profile : input_.profiles) {
                const auto seed = input_.seed + indicators_.size();
                indicators_.push_back(
                    std::make_unique<ServedIndicator>(profile, input_.on, seed, since));
                addStations(profile, *indicators_.back());
            }
        }
        begin_ = steadyNow();
        for (const auto& indicator : indicators_) indicator->put(input_.loads);
        if (input_.sources.empty()) return;
        source_.emplace(input_.sources.front(), since);
        for (const auto& indicator : indicators_) indicator->hangAt(*source_);
        source_->beforeChange = [this] {
            for (const auto& indicator : indicators_) indicator->catchUp();
        };
    }

    /// A message when something could not be opened.
    std::string open() {
        if (!arguments_.pcap.empty()) {
            if (auto problem = capture_.open(arguments_.pcap); !problem.empty()) return problem;
            capture_.watch(tcp_);
        }
        for (const TcpPortConfig& address : input_.addresses) {
            if (auto problem = listen(address); !problem.empty()) return problem;
        }
        for (const std::string& device : arguments_.rtu) {
            SerialSettings settings;
            settings.device = device;
            settings.baud = arguments_.baud.value_or(input_.profiles.front().baud);
            settings.format = arguments_.format;
            settings.rs485ByKernel = arguments_.rs485;
            auto port = SerialPort::open(settings);
            if (!port) return port.error().text;
            if (auto problem = serveLine(std::move(*port), device); !problem.empty()) {
                return problem;
            }
        }
        for (int i = 0; i < arguments_.ptys; ++i) {
            auto pair = PtyPair::open(arguments_.baud.value_or(input_.profiles.front().baud),
                                      arguments_.format);
            if (!pair) return pair.error().text;
            kept_.push_back(std::move(pair->keptOpen));
            if (auto problem = serveLine(std::move(pair->far), pair->device); !problem.empty()) {
                return problem;
            }
        }
        return {};
    }

    int run() {
        std::vector<ServedIndicator*> all;
        for (const auto& indicator : indicators_) all.push_back(indicator.get());
        std::vector<RtuPort*> lines;
        for (const auto& port : ports_) lines.push_back(port.get());
        LineFaultPlay line{poller_, tcp_, std::move(lines), input_.wires, input_.seed};
        line.add(input_.lineFaults);
        ServeOrders orders{poller_, input_.on.scale, std::move(all), line};
        if (auto problem = orders.listen(); !problem.empty()) return complain(problem);
        if (input_.on.scene && !arguments_.quiet) {
            fmt::print("playing {}: {} s\n", input_.on.scene->name,
                       seconds(input_.on.scene->duration));
            static_cast<void>(std::fflush(stdout));
        }
        scheduleTick(poller_.now());
        while (!stopSignalled && !orders.quit() && lost_.empty()) poller_.step(tick);
        if (!arguments_.quiet) fmt::print("{}", statistics());
        if (const auto problem = capture_.problem(); !problem.empty()) return complain(problem);
        return lost_.empty() ? exitPass : complain(lost_);
    }

private:
    /// One of those that are asked by their unit id.
    struct Asked {
        Station* station{};
        const IndicatorProfile* profile{};
        std::string title;
        int unit{};  ///< that it wants
    };

    /// The indicator, or each of its cells.
    void addStations(const IndicatorProfile& profile, ServedIndicator& indicator) {
        if (indicator.cells().empty()) {
            asked_.push_back({&indicator, &profile, profile.title,
                              arguments_.station.value_or(profile.station)});
        }
        for (std::size_t i = 0; i < indicator.cells().size(); ++i) {
            asked_.push_back(
                {indicator.cells()[i].get(), &profile,
                 profile.title + ", cell " + input_.on.scale.cells[i].id,
                 (arguments_.station.value_or(1) - 1 + static_cast<int>(i)) % mostUnits + 1});
        }
    }

    static TcpServerOptions options(const ServeArguments& arguments) {
        TcpServerOptions options;
        options.allowWrite = arguments.allowWrite;
        return options;
    }

    void scheduleTick(Poller::Time last) {
        poller_.at(last + tick, [this, last] {
            for (const auto& indicator : indicators_) indicator->catchUp();
            scheduleTick(std::max(last + tick, poller_.now()));
        });
    }

    /// The source is there on every port and line besides the indicators.
    void addSource(std::map<std::uint8_t, Station*>& units) {
        if (!source_) return;
        int unit = input_.sources.front().station;
        while (units.count(static_cast<std::uint8_t>(unit)) != 0) unit = unit % mostUnits + 1;
        units[static_cast<std::uint8_t>(unit)] = &*source_;
    }

    /// Unit ids as the profiles want them; where two want the same, the next free one.
    std::map<std::uint8_t, Station*> units(std::size_t first, std::size_t& next) const {
        std::map<std::uint8_t, Station*> units;
        const std::size_t room = mostUnits - (source_ ? 1 : 0);
        for (next = first; next < asked_.size() && units.size() < room; ++next) {
            int unit = asked_[next].unit;
            while (units.count(static_cast<std::uint8_t>(unit)) != 0) unit = unit % mostUnits + 1;
            units[static_cast<std::uint8_t>(unit)] = asked_[next].station;
        }
        return units;
    }

    void tell(const std::map<std::uint8_t, Station*>& units, const std::string& where) const {
        if (arguments_.quiet) return;
        if (units.size() > 8) {
            fmt::print("serving {} {} as units {} to {} at {}\n", units.size(),
                       arguments_.eachCell ? "cells" : "indicators", units.begin()->first,
                       units.rbegin()->first, where);
        } else {
            for (const auto& [unit, station] : units) {
                fmt::print("serving {} as unit {} at {}\n", titleOf(station), unit, where);
            }
        }
        static_cast<void>(std::fflush(stdout));
    }

    /// Nothing of the source, which answers at once.
    const Asked* askedOf(const Station* station) const {
        const auto found = std::find_if(asked_.begin(), asked_.end(), [station](const Asked& each) {
            return each.station == station;
        });
        return found == asked_.end() ? nullptr : &*found;
    }

    SimTime replyDelayOf(const Station* station) const {
        const Asked* asked = askedOf(station);
        return asked != nullptr ? asked->profile->replyDelay : SimTime{};
    }

    std::string titleOf(const Station* station) const {
        const Asked* asked = askedOf(station);
        return asked != nullptr ? asked->title : input_.sources.front().title;
    }

    /// A port holds 247 units; what does not fit goes to the ports after it.
    std::string listen(TcpPortConfig address) {
        for (std::size_t first = 0; first < asked_.size();) {
            address.stations = units(first, first);
            addSource(address.stations);
            const auto port = tcp_.listen(address);
            if (!port) return port.error().text;
            const char* how = address.framing == AduFraming::rtu ? " (RTU over TCP)" : "";
            tell(address.stations, fmt::format("{}:{}{}", address.host, *port, how));
            if (address.port != 0) ++address.port;
        }
        return {};
    }

    std::string serveLine(SerialPort port, const std::string& device) {
        std::size_t end{};
        auto stations = units(0, end);
        addSource(stations);
        const std::string where = fmt::format("{}, {} baud, {}", device, port.settings().baud,
                                              word(port.settings().format));
        ports_.push_back(std::make_unique<RtuPort>(poller_, std::move(port), stations,
                                                   arguments_.adapterLatency));
        RtuPort& served = *ports_.back();
        served.name = device;
        served.onLost = [this](const IoError& why) { lost_ = why.text; };
        if (capture_.wanted()) capture_.watch(served);
        for (const auto& [unit, station] : stations) {
            served.replyDelays[unit] = replyDelayOf(station);
        }
        const auto started = served.start();
        if (!started) return started.error().text;
        tell(stations, where);
        return {};
    }

    std::string statistics() const {
        const TcpCounters& c = tcp_.counters();
        std::string text;
        if (!input_.addresses.empty()) {
            text += fmt::format(
                "TCP: {} connections, {} refused; {} requests, {} exceptions; closed for slow "
                "requests {}, wrong framing {}, replies not read {}\n",
                c.connections, c.refused, c.requests, c.exceptions,
                c.closedFor(CloseReason::slowRequest), c.closedFor(CloseReason::framing),
                c.closedFor(CloseReason::unreadReply));
        }
        for (const auto& port : ports_) {
            text += fmt::format(
                "{}: {} requests, {} exceptions, {} frames for others, {} with a bad CRC\n",
                port->name, port->counters().requests, port->counters().exceptions,
                port->counters().foreign, port->lineCounters().badCrc);
        }
        return text;
    }

    const ServeInput& input_;
    const ServeArguments& arguments_;
    SimTime begin_{steadyNow()};
    Poller poller_;
    std::optional<SimulatedSource> source_;
    ServeCapture capture_;
    std::vector<std::unique_ptr<ServedIndicator>> indicators_;
    std::vector<Asked> asked_;
    TcpServer tcp_;
    std::vector<std::unique_ptr<RtuPort>> ports_;
    std::vector<FileDescriptor> kept_;
    std::string lost_;
};

}  // namespace

int serveCommand(const ServeArguments& arguments) {
    const auto input = readServeInput(arguments);
    if (!input) {
        print(input.error());
        return exitBadInput;
    }
    catchStopSignals();
    Serving serving{*input, arguments};
    if (const std::string problem = serving.open(); !problem.empty()) return complain(problem);
    return serving.run();
}

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/line_fault_play.h"

#include <algorithm>

#include "sim/base/check.h"

namespace jh {

namespace {

/// How much too late a line may go and come back.
constexpr std::chrono::milliseconds grain{5};

}  // namespace

LineFaultPlay::LineFaultPlay(Poller& poller, TcpServer& tcp, std::vector<RtuPort*> ports,
                             std::vector<LineWire> wires, std::uint64_t seed)
    : poller_{poller},
      tcp_{tcp},
      ports_{std::move(ports)},
      wires_{std::move(wires)},
      seed_{seed},
      begin_{steadyNow()} {}

LineFaultPlay::~LineFaultPlay() {
    clear();
}

SimTime LineFaultPlay::now() const {
    return steadyNow() - begin_;
}

void LineFaultPlay::add(const std::vector<LineFault>& faults) {
    if (faults.empty()) return;
    for (LineFault fault : faults) {
        fault.from += now();
        if (fault.until != SimTime::max()) fault.until += now();
        faults_.push_back(fault);
    }
    apply();
}

void LineFaultPlay::clear() {
    faults_.clear();
    apply();
}

std::string LineFaultPlay::text() const {
    std::string names;
    for (const LineFault& fault : faults_) {
        names += (names.empty() ? "" : ", ") + std::string{name(fault.what)};
        if (now() >= fault.until) names += " (over)";
    }
    return names.empty() ? "nothing is wrong with the line" : names;
}

/// Those that this wire can have; each line has luck of its own.
LineFaults LineFaultPlay::made(LineWire wire, std::uint64_t line) const {
    std::vector<LineFault> possible;
    for (const LineFault& fault : faults_) {
        if (wire == LineWire::rtu || possibleOnTcp(fault.what)) possible.push_back(fault);
    }
    auto faults = LineFaults::make(possible, wire, seed_ + line);
    JH_CHECK(faults.has_value());
    return std::move(*faults);
}

void LineFaultPlay::apply() {
    byPort_.clear();
    ofPorts_.clear();
    whole_.reset();
    for (RtuPort* port : ports_) port->lineFault = {};
    // Without faults replies go the short way again.
    tcp_.setLineFault({});
    if (!faults_.empty()) {
        whole_ = made(LineWire::rtu, 0);
        tcp_.setLineFault([this](const TcpExchange& exchange) { return onTcp(exchange); });
        for (std::size_t i = 0; i < ports_.size(); ++i) {
            ofPorts_.push_back(made(LineWire::rtu, i));
            ports_[i]->lineFault = [this, i](const RtuExchange& exchange) {
                std::vector<RtuReplyPart> parts;
                for (TimedPiece& piece :
                     ofPorts_[i].apply(exchange.request, exchange.reply, now())) {
                    parts.push_back({piece.delay, std::move(piece.bytes)});
                }
                return parts;
            };
        }
    }
    if (watch_) poller_.cancel(*watch_);
    watch_.reset();
    watchConnection();
}

std::vector<TcpReplyPart> LineFaultPlay::onTcp(const TcpExchange& exchange) {
    auto line = byPort_.find(exchange.port);
    if (line == byPort_.end()) {
        const bool rtu = exchange.framing == AduFraming::rtu;
        line =
            byPort_.emplace(exchange.port, made(rtu ? LineWire::rtu : LineWire::tcp, exchange.port))
                .first;
    }
    std::vector<TcpReplyPart> parts;
    for (TimedPiece& piece : line->second.apply(exchange.request, exchange.reply, now())) {
        parts.push_back({piece.delay, std::move(piece.bytes)});
    }
    return parts;
}

/// Takes the line away and gives it back; asks again as long as any fault may do that.
void LineFaultPlay::watchConnection() {
    const bool away = whole_ && whole_->disconnected(now());
    if (away != away_) {
        away_ = away;
        tcp_.setReachable(!away);
        for (RtuPort* port : ports_) port->deaf = away;
    }
    const bool mayGo = std::any_of(faults_.begin(), faults_.end(), [&](const LineFault& fault) {
        return std::holds_alternative<line_fault::Disconnect>(fault.what) &&
               (away || fault.until > now());
    });
    if (!mayGo) return;
    watch_ = poller_.at(std::chrono::steady_clock::now() + grain, [this] {
        watch_.reset();
        watchConnection();
    });
}

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/modbus/rtu_port.h"

#include <algorithm>
#include <array>
#include <utility>

namespace jh {

namespace {

Poller::Time wall(SimTime steady) {
    return Poller::Time{std::chrono::duration_cast<Poller::Time::duration>(steady)};
}

RtuTiming withLatency(RtuTiming timing, SimTime latency) {
    timing.heldBack = latency;
    return timing;
}

}  // namespace

RtuPort::RtuPort(Poller& poller, SerialPort port, std::map<std::uint8_t, Station*> stations,
                 SimTime adapterLatency)
    : poller_{poller},
      port_{std::move(port)},
      stations_{std::move(stations)},
      timing_{rtuTiming(port_.settings().baud, bitsOf(port_.settings().format))},
      // Times are those of reading, not of the wire: a gap inside a frame may be ours.
      receiver_{withLatency(timing_, adapterLatency), GapRule::lenient} {}

RtuPort::~RtuPort() {
    if (silence_) poller_.cancel(*silence_);
    if (sending_) poller_.cancel(*sending_);
    if (listening_) poller_.remove(port_.descriptor());
}

Expected<void, IoError> RtuPort::start() {
    auto added = poller_.add(port_.descriptor(), {}, [this](Poller::Readiness) { hear(); });
    listening_ = added.has_value();
    return added;
}

void RtuPort::hear() {
    std::array<std::uint8_t, 512> bytes{};
    const auto count = port_.read(bytes);
    if (!count) return lose(count.error());
    if (deaf) return;
    const SimTime now = steadyNow();
    for (std::size_t i = 0; i < *count; ++i) receiver_.feed(now, bytes[i]);
    if (silence_) poller_.cancel(*silence_);
    silence_.reset();
    if (const auto due = receiver_.due()) {
        silence_ = poller_.at(wall(*due), [this] {
            silence_.reset();
            serve();
        });
    }
}

void RtuPort::serve() {
    const SimTime now = steadyNow();
    while (auto frame = receiver_.poll(now)) answer(*frame);
}

void RtuPort::answer(const std::vector<std::uint8_t>& request) {
    const std::uint8_t unit = request.front();
    if (unit == 0) {  // broadcast: carried out by all, answered by none
        for (auto& [id, station] : stations_) server_.answer(request, *station);
        if (monitor) monitor({request, {}});
        return;
    }
    const auto station = stations_.find(unit);
    if (station == stations_.end()) {
        ++counters_.foreign;
        if (monitor) monitor({request, {}});
        return;
    }
    ++counters_.requests;
    const PduAnswer answer = server_.answer(request, *station->second);
    if (answer.exception != ModbusException::none) ++counters_.exceptions;
    const RtuExchange exchange{request, answer.adu};
    if (monitor) monitor(exchange);
    const auto delay = replyDelays.find(unit);
    SimTime at = std::max(steadyNow(), lineFree_);
    if (delay != replyDelays.end()) at += delay->second;
    if (!lineFault) {
        if (answer.answered) send(at, {answer.adu.begin(), answer.adu.end()});
        return;
    }
    for (RtuReplyPart& part : lineFault(exchange)) {
        at += part.after;
        send(at, std::move(part.bytes));
        at = lineFree_;
    }
}

void RtuPort::send(SimTime at, std::vector<std::uint8_t> bytes) {
    at = std::max(at, lineFree_);
    if (port_.pseudoTerminal()) {
        for (const std::uint8_t byte : bytes) {
            at += timing_.character;
            outgoing_.push_back({at, {byte}});
        }
    } else {
        outgoing_.push_back({at, bytes});  // the driver sends at the baud rate
        at += timing_.character * static_cast<std::int64_t>(bytes.size());
    }
    lineFree_ = at;
    if (!sending_) sendNext();
}

void RtuPort::sendNext() {
    sending_.reset();
    if (deaf) outgoing_.clear();
    const SimTime now = steadyNow();
    std::size_t sent = 0;
    while (sent < outgoing_.size() && outgoing_[sent].at <= now) {
        if (auto done = port_.give(outgoing_[sent].bytes); !done) return lose(done.error());
        ++sent;
    }
    outgoing_.erase(outgoing_.begin(), outgoing_.begin() + static_cast<std::ptrdiff_t>(sent));
    if (outgoing_.empty()) return;
    sending_ = poller_.at(wall(outgoing_.front().at), [this] { sendNext(); });
}

void RtuPort::lose(const IoError& why) {
    outgoing_.clear();
    if (listening_) poller_.remove(port_.descriptor());
    listening_ = false;
    if (onLost) onLost(why);
}

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/modbus/serial_line.h"

#include <algorithm>
#include <array>
#include <utility>

#include "hil/modbus/checksum.h"

namespace jh {

namespace {

/// Station, function, CRC.
constexpr std::size_t shortestFrame = 4;
constexpr std::size_t longestFrame = 256;
constexpr std::uint8_t exceptionBit = 0x80;

/// How long a reply is, as its function tells (application protocol 1.1b3, 6); nothing when it is
/// not known, or not yet.
std::optional<std::size_t> lengthOfReply(std::span<const std::uint8_t> begun) {
    if (begun.size() < 3) return std::nullopt;
    const std::uint8_t function = begun[1];
    if ((function & exceptionBit) != 0) return 5;
    switch (function) {
        case 0x01:
        case 0x02:
        case 0x03:
        case 0x04:
        case 0x0C:
        case 0x11:
        case 0x14:
        case 0x15:
        case 0x17:
            return 5U + begun[2];
        case 0x05:
        case 0x06:
        case 0x08:
        case 0x0B:
        case 0x0F:
        case 0x10:
            return 8;
        case 0x07:
            return 5;
        case 0x16:
            return 10;
        default:
            return std::nullopt;
    }
}

bool answers(std::span<const std::uint8_t> frame, std::span<const std::uint8_t> request) {
    return request.size() >= 2 && frame[0] == request[0] &&
           (frame[1] & ~exceptionBit) == request[1];
}

double charactersIn(SimTime span, SimTime character) {
    return static_cast<double>(span.count()) / static_cast<double>(character.count());
}

}  // namespace

SerialLine::SerialLine(SerialLineSettings settings, SerialPort port)
    : settings_{std::move(settings)},
      port_{std::move(port)},
      character_{characterTime(settings_.port.baud, settings_.port.format)},
      silence_{frameSilence(settings_.port.baud, settings_.port.format)},
      lastActivity_{steadyNow()} {}

Expected<std::unique_ptr<SerialLine>, IoError> SerialLine::open(
    const SerialLineSettings& settings) {
    auto port = SerialPort::open(settings.port);
    if (!port) return Unexpected<IoError>{port.error()};
    return std::unique_ptr<SerialLine>{new SerialLine{settings, std::move(*port)}};
}

Expected<void, IoError> SerialLine::reopen() {
    port_.reset();
    auto port = SerialPort::open(settings_.port);
    if (!port) return Unexpected<IoError>{port.error()};
    port_.emplace(std::move(*port));
    lastActivity_ = steadyNow();
    fault_.reset();
    return {};
}

std::vector<std::uint8_t> SerialLine::exchange(std::span<const std::uint8_t> request,
                                               SimTime timeout) {
    ++statistics_.exchanges;
    if (!port_) return {};
    fault_.reset();
    if (!awaitSilence(timeout) || !send(request)) return {};
    return listen(request, timeout);
}

bool SerialLine::awaitSilence(SimTime atMost) {
    const SimTime giveUp = steadyNow() + atMost + silence_;
    Run unasked;
    Heard heard = Heard::something;
    while (heard == Heard::something && steadyNow() < giveUp)
        heard = hear(std::min(lastActivity_ + silence_, giveUp), unasked);
    drop(unasked, unasked.bytes.size(), LineFrame::Kind::unasked);
    if (heard == Heard::lost) return false;
    if (steadyNow() >= lastActivity_ + silence_) return true;
    fault_ = IoError{IoError::Kind::timeout, settings_.port.device + " is never silent"};
    return false;
}

bool SerialLine::send(std::span<const std::uint8_t> request) {
    const SimTime begin = steadyNow();
    if (const auto done = port_->write(request); !done) {
        lose(done.error());
        return false;
    }
    sent_ = lastActivity_ = steadyNow();
    if (watcher_) watcher_({LineFrame::Kind::request, request, begin, sent_, 0.0});
    return true;
}

std::vector<std::uint8_t> SerialLine::listen(std::span<const std::uint8_t> request,
                                             SimTime timeout) {
    const SimTime firstByteBy = sent_ + timeout;
    bool echoOver = !settings_.echo;
    Run run;
    while (true) {
        const bool begun = !run.bytes.empty(), tooLong = run.bytes.size() > longestFrame;
        const SimTime deadline =
            begun ? run.end + silence_ + settings_.adapterLatency : firstByteBy;
        const Heard heard = tooLong ? Heard::nothing : hear(deadline, run);
        if (heard == Heard::lost) return {};
        std::optional<std::vector<std::uint8_t>> reply;
        if (heard == Heard::something) {
            echoOver = echoOver || takeEcho(run, request);
            if (echoOver) reply = completeReply(run, request);
        } else if (begun) {
            reply = endedReply(run, request);
        }
        if (reply) return std::move(*reply);
        // Nothing came; or others never stop talking, and the end must come all the same.
        const bool onlyOthers = begun && run.bytes.empty() && steadyNow() > firstByteBy;
        if (onlyOthers || (heard == Heard::nothing && !begun)) {
            ++statistics_.timeouts;
            return {};
        }
    }
}

SerialLine::Heard SerialLine::hear(SimTime deadline, Run& run) {
    const auto ready = port_->waitUntil(deadline);
    std::array<std::uint8_t, 256> bytes{};
    const auto count = ready && *ready ? port_->read(bytes) : Expected<std::size_t, IoError>{0U};
    if (!ready || !count) {
        lose(!ready ? ready.error() : count.error());
        return Heard::lost;
    }
    // A signal may end the wait early: "nothing" is only said when the time has passed.
    const SimTime now = steadyNow();
    if (*count == 0) return now < deadline ? hear(deadline, run) : Heard::nothing;
    const SimTime begin = now - character_ * static_cast<int>(*count);
    if (run.bytes.empty()) {
        run.begin = std::max(begin, sent_);
        run.longestGapCharacters = 0.0;
    } else {
        run.longestGapCharacters =
            std::max(run.longestGapCharacters, charactersIn(begin - run.end, character_));
    }
    run.bytes.insert(run.bytes.end(), bytes.begin(), bytes.begin() + *count);
    run.end = lastActivity_ = now;
    return Heard::something;
}

bool SerialLine::takeEcho(Run& run, std::span<const std::uint8_t> request) {
    const auto common = static_cast<std::ptrdiff_t>(std::min(request.size(), run.bytes.size()));
    // Not our bytes: somebody spoke at the same time, or there is no echo after all.
    if (!std::equal(request.begin(), request.begin() + common, run.bytes.begin())) return true;
    if (run.bytes.size() < request.size()) return false;
    drop(run, request.size(), LineFrame::Kind::echo);
    return true;
}

std::optional<std::vector<std::uint8_t>> SerialLine::completeReply(
    Run& run, std::span<const std::uint8_t> request) {
    while (const auto length = lengthOfReply(run.bytes)) {
        if (run.bytes.size() < *length) break;
        const std::span<const std::uint8_t> frame{run.bytes.data(), *length};
        if (crc16(frame) != 0) break;
        if (answers(frame, request)) return accept(run, *length, LineFrame::Kind::reply);
        drop(run, *length, LineFrame::Kind::foreign);
    }
    return std::nullopt;
}

std::optional<std::vector<std::uint8_t>> SerialLine::endedReply(
    Run& run, std::span<const std::uint8_t> request) {
    if (run.bytes.size() < shortestFrame) {
        drop(run, run.bytes.size(), LineFrame::Kind::noise);
        return std::nullopt;
    }
    if (crc16(run.bytes) != 0) return accept(run, run.bytes.size(), LineFrame::Kind::damaged);
    if (answers(run.bytes, request)) return accept(run, run.bytes.size(), LineFrame::Kind::reply);
    drop(run, run.bytes.size(), LineFrame::Kind::foreign);
    return std::nullopt;
}

std::vector<std::uint8_t> SerialLine::accept(Run& run, std::size_t length, LineFrame::Kind kind) {
    const auto end = run.bytes.begin() + static_cast<std::ptrdiff_t>(length);
    std::vector<std::uint8_t> reply(run.bytes.begin(), end);
    statistics_.longestGapCharacters =
        std::max(statistics_.longestGapCharacters, run.longestGapCharacters);
    statistics_.lastTurnAround = run.begin - sent_;
    statistics_.longestTurnAround =
        std::max(statistics_.longestTurnAround, statistics_.lastTurnAround);
    if (kind == LineFrame::Kind::reply) ++statistics_.replies;
    drop(run, length, kind);
    drop(run, run.bytes.size(), LineFrame::Kind::unasked);
    return reply;
}

void SerialLine::drop(Run& run, std::size_t count, LineFrame::Kind kind) {
    if (count == 0) return;
    using Kind = LineFrame::Kind;
    if (kind == Kind::foreign) ++statistics_.foreign;
    if (kind == Kind::damaged) ++statistics_.damaged;
    if (kind == Kind::unasked || kind == Kind::noise) statistics_.unaskedBytes += count;
    // What follows in the same lump began when this ended.
    const SimTime rest = character_ * static_cast<int>(run.bytes.size() - count);
    const SimTime end = std::max(run.end - rest, run.begin);
    if (watcher_) {
        watcher_({kind, {run.bytes.data(), count}, run.begin, end, run.longestGapCharacters});
    }
    run.bytes.erase(run.bytes.begin(), run.bytes.begin() + static_cast<std::ptrdiff_t>(count));
    run.begin = end;
    run.longestGapCharacters = 0.0;
}

void SerialLine::lose(const IoError& why) {
    fault_ = why;
    port_.reset();
}

}  // namespace jh

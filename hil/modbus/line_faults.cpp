// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/modbus/line_faults.h"

#include <algorithm>
#include <utility>

#include "hil/modbus/checksum.h"
#include "hil/modbus/wrong_baud.h"
#include "sim/base/portable_math.h"

namespace jh {

namespace {

using namespace line_fault;
using Bytes = std::vector<std::uint8_t>;

/// RTU: station, PDU, CRC. TCP: transaction, protocol, length (two bytes each), unit, PDU.
constexpr std::size_t rtuHead = 1, rtuTail = 2, tcpHead = 7, stationOnTcp = 6;
constexpr std::uint8_t exceptionBit = 0x80, deviceBusy = 0x06;

template <class... Lambdas>
struct Overloaded : Lambdas... {
    using Lambdas::operator()...;
};
template <class... Lambdas>
Overloaded(Lambdas...) -> Overloaded<Lambdas...>;

SimTime draw(const RandomTime& time, NoiseStream& noise) {
    const auto spread = static_cast<double>(time.spread.count());
    const auto mean = static_cast<double>(time.mean.count());
    const auto above = [&](double more) {
        return std::max(time.mean + SimTime{static_cast<std::int64_t>(more)}, SimTime{});
    };
    switch (time.shape) {
        case RandomTime::Shape::uniform:
            return above(noise.uniform(-spread, spread));
        case RandomTime::Shape::normal:
            return above(spread * noise.gaussian());
        case RandomTime::Shape::exponential:
            return above(-mean * portableLog(1.0 - noise.uniform()) - mean);
        case RandomTime::Shape::fixed:
            break;
    }
    return time.mean;
}

bool away(const Disconnect& fault, SimTime since) {
    const SimTime phase = fault.every > SimTime{} ? since % fault.every : since;
    return phase < fault.away;
}

bool readsRegisters(std::uint8_t function) {
    return function == 0x03 || function == 0x04 || function == 0x17;
}

bool reads(std::uint8_t function) {
    return function == 0x01 || function == 0x02 || readsRegisters(function);
}

void swapWords(Bytes& pdu) {
    if (pdu.empty() || !readsRegisters(pdu[0])) return;
    for (std::size_t at = 2; at + 4 <= pdu.size(); at += 4) {
        std::swap(pdu[at], pdu[at + 2]);
        std::swap(pdu[at + 1], pdu[at + 3]);
    }
}

void damageBits(Bytes& bytes, double rate, NoiseStream& noise) {
    for (std::uint8_t& byte : bytes) {
        for (unsigned bit = 0; bit < 8; ++bit) {
            if (noise.uniform() < rate) byte = static_cast<std::uint8_t>(byte ^ (1U << bit));
        }
    }
}

void splitFirst(std::vector<TimedPiece>& pieces, const Split& fault) {
    const auto after = static_cast<std::size_t>(fault.afterBytes);
    Bytes& whole = pieces.front().bytes;
    if (after >= whole.size()) return;
    TimedPiece rest{fault.pause, {whole.begin() + fault.afterBytes, whole.end()}};
    whole.resize(after);
    pieces.insert(pieces.begin() + 1, std::move(rest));
}

void repeat(std::vector<TimedPiece>& pieces, SimTime pause) {
    const std::size_t count = pieces.size();
    for (std::size_t i = 0; i < count; ++i) {
        TimedPiece again = pieces[i];
        if (i == 0) again.delay = pause;
        pieces.push_back(std::move(again));
    }
}

void putNoiseBefore(std::vector<TimedPiece>& pieces, const NoiseBytes& fault, NoiseStream& noise) {
    Bytes bytes(static_cast<std::size_t>(fault.count));
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(noise.bits() >> 56U);
    pieces.front().delay += fault.pause;
    pieces.insert(pieces.begin(), {SimTime{}, std::move(bytes)});
}

}  // namespace

LineFaults::LineFaults(const std::vector<LineFault>& faults, LineWire wire, std::uint64_t seed)
    : wire_{wire} {
    for (std::size_t i = 0; i < faults.size(); ++i) {
        const std::string stream = "line fault " + std::to_string(i) + " " + name(faults[i].what);
        running_.push_back({faults[i], NoiseStream{seed, stream}, {}, {}});
    }
}

Expected<LineFaults, std::vector<std::string>> LineFaults::make(
    const std::vector<LineFault>& faults, LineWire wire, std::uint64_t seed) {
    std::vector<std::string> problems;
    for (const LineFault& fault : faults) {
        for (std::string& problem : problemsOf(fault, wire)) problems.push_back(std::move(problem));
    }
    if (!problems.empty()) return Unexpected<std::vector<std::string>>{std::move(problems)};
    return LineFaults{faults, wire, seed};
}

std::vector<TimedPiece> LineFaults::apply(std::span<const std::uint8_t> request,
                                          std::span<const std::uint8_t> reply, SimTime now) {
    if (reply.empty()) return {};
    const std::size_t shortest = (wire_ == LineWire::rtu ? rtuHead + rtuTail : tcpHead) + 1;
    // What is no ADU has nothing in it that could be altered.
    if (request.size() < shortest || reply.size() < shortest)
        return {{SimTime{}, {reply.begin(), reply.end()}}};

    const Message asked = open(request);
    Message message = open(reply);
    const int station = asked.station;
    std::vector<Running*> faults = acting(station, now);
    const bool silent = std::any_of(faults.begin(), faults.end(), [](const Running* r) {
        return std::holds_alternative<NoReply>(r->fault.what) ||
               std::holds_alternative<Disconnect>(r->fault.what);
    });
    const Bytes truth = message.pdu;
    alterContents(faults, asked, message);
    previous_[station] = truth;
    if (silent) return {};
    Bytes bytes = seal(message, reply);
    alterBytes(faults, bytes);
    if (bytes.empty()) return {};
    return cut(faults, station, std::move(bytes));
}

bool LineFaults::disconnected(SimTime now) const {
    return std::any_of(running_.begin(), running_.end(), [&](const Running& r) {
        const auto* gone = std::get_if<Disconnect>(&r.fault.what);
        return gone != nullptr && !r.fault.station && now >= r.fault.from && now < r.fault.until &&
               away(*gone, now - r.fault.from);
    });
}

std::vector<LineFaults::Running*> LineFaults::acting(int station, SimTime now) {
    std::vector<Running*> faults;
    for (Running& r : running_) {
        if (r.fault.station.value_or(station) != station) continue;
        // A reply that was held back comes with the next one in any case.
        const bool owes = r.held.count(station) != 0;
        const bool inTime = now >= r.fault.from && now < r.fault.until;
        const auto* gone = std::get_if<Disconnect>(&r.fault.what);
        if (inTime && gone != nullptr && !away(*gone, now - r.fault.from)) continue;
        // One number for each reply, so that a change of the share shifts nothing.
        const bool hit = inTime && r.noise.uniform() < r.fault.share;
        if (hit || owes) faults.push_back(&r);
    }
    return faults;
}

LineFaults::Message LineFaults::open(std::span<const std::uint8_t> adu) const {
    if (wire_ == LineWire::tcp) return {adu[stationOnTcp], {adu.begin() + tcpHead, adu.end()}};
    return {adu[0], {adu.begin() + rtuHead, adu.end() - rtuTail}};
}

Bytes LineFaults::seal(const Message& message, std::span<const std::uint8_t> original) const {
    Bytes adu;
    if (wire_ == LineWire::tcp) {
        adu.assign(original.begin(), original.begin() + 4);
        const std::size_t length = 1 + message.pdu.size();
        adu.push_back(static_cast<std::uint8_t>(length >> 8U));
        adu.push_back(static_cast<std::uint8_t>(length & 0xFFU));
    }
    adu.push_back(message.station);
    adu.insert(adu.end(), message.pdu.begin(), message.pdu.end());
    if (wire_ == LineWire::tcp) return adu;
    const unsigned crc = crc16(adu);
    adu.push_back(static_cast<std::uint8_t>(crc & 0xFFU));
    adu.push_back(static_cast<std::uint8_t>(crc >> 8U));
    return adu;
}

void LineFaults::alterContents(std::vector<Running*>& faults, const Message& request,
                               Message& reply) {
    const std::uint8_t function = request.pdu[0];
    for (Running* r : faults) {
        const auto freeze = [&](const FrozenValue&) {
            if (!reads(function)) return;
            Bytes key = request.pdu;
            key.push_back(request.station);
            reply.pdu = r->frozen.try_emplace(std::move(key), reply.pdu).first->second;
        };
        const auto goStale = [&](const StaleData&) {
            const auto before = previous_.find(request.station);
            if (before != previous_.end()) reply.pdu = before->second;
        };
        const auto changeFunction = [&](const WrongFunction& f) {
            const unsigned other = (reply.pdu[0] + static_cast<unsigned>(f.plus)) & 0x7FU;
            reply.pdu[0] = static_cast<std::uint8_t>((reply.pdu[0] & exceptionBit) | other);
        };
        std::visit(
            Overloaded{
                freeze, goStale, changeFunction, [&](const WordSwap&) { swapWords(reply.pdu); },
                [&](const Busy&) {
                    reply.pdu = {static_cast<std::uint8_t>(function | exceptionBit), deviceBusy};
                },
                [&](const WrongId& f) {
                    reply.station = static_cast<std::uint8_t>(reply.station + f.plus);
                },
                [](const auto&) {}},
            r->fault.what);
    }
}

void LineFaults::alterBytes(std::vector<Running*>& faults, Bytes& bytes) {
    for (Running* r : faults) {
        std::visit(Overloaded{[&](const WrongCrc&) {
                                  bytes.back() = static_cast<std::uint8_t>(bytes.back() ^ 0xFFU);
                              },
                              [&](const BitErrors& f) { damageBits(bytes, f.rate, r->noise); },
                              [&](const WrongBaud& f) {
                                  bytes =
                                      heardAtOtherBaud(bytes, f.sentBaud, f.heardBaud, f.format);
                              },
                              [&](const Truncated& f) {
                                  const auto missing = static_cast<std::size_t>(f.missingBytes);
                                  bytes.resize(bytes.size() - std::min(bytes.size(), missing));
                              },
                              [](const auto&) {}},
                   r->fault.what);
        if (bytes.empty()) return;
    }
}

std::vector<TimedPiece> LineFaults::cut(std::vector<Running*>& faults, int station, Bytes bytes) {
    for (Running* r : faults) {
        if (!std::holds_alternative<MergedWithNext>(r->fault.what)) continue;
        const auto held = r->held.find(station);
        if (held == r->held.end()) {
            r->held.emplace(station, std::move(bytes));
            return {};
        }
        bytes.insert(bytes.begin(), held->second.begin(), held->second.end());
        r->held.erase(held);
    }
    std::vector<TimedPiece> pieces{{SimTime{}, std::move(bytes)}};
    const auto each = [&](const auto& visitor) {
        for (Running* r : faults) {
            std::visit([&](const auto& f) { visitor(f, r->noise); }, r->fault.what);
        }
    };
    const auto nothing = [](const auto&, NoiseStream&) {};
    each(Overloaded{[&](const Split& f, NoiseStream&) { splitFirst(pieces, f); }, nothing});
    each(Overloaded{[&](const Duplicated& f, NoiseStream&) { repeat(pieces, f.pause); }, nothing});
    each(Overloaded{
        [&](const NoiseBytes& f, NoiseStream& noise) { putNoiseBefore(pieces, f, noise); },
        nothing});
    each(Overloaded{[&](const LateReply& f, NoiseStream& noise) {
                        pieces.front().delay += draw(f.delay, noise);
                    },
                    nothing});
    return pieces;
}

}  // namespace jh

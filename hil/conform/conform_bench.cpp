// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/conform/conform_bench.h"

#include <fmt/format.h>

#include <algorithm>

namespace jh {

ConformBench::ConformBench(const IndicatorProfile& p, RawClient& line, Clock& time,
                           const ScaleModel& on, const ConformOptions& how)
    : profile{p},
      client{line},
      clock{time},
      scale{on},
      options{how},
      modbus{line, how.unit},
      indicator{p, modbus, time, on} {
    report.title = p.title;
    report.sources = p.sources;
}

bool ConformBench::speaks(int function) const {
    return std::count(profile.functions.begin(), profile.functions.end(), function) != 0;
}

std::vector<TableExtent> ConformBench::extents() const {
    std::vector<TableExtent> found;
    for (const ModbusTable table : {ModbusTable::holdingRegisters, ModbusTable::inputRegisters}) {
        TableExtent extent{table, 65536, 0, {}};
        for (const auto& [name, field] : profile.fields) {
            if (field.table != table) continue;
            extent.first = std::min(extent.first, field.address);
            extent.end = std::max(extent.end, field.address + field.words());
        }
        if (extent.first >= extent.end) continue;
        extent.known.resize(static_cast<std::size_t>(extent.end - extent.first));
        for (const auto& [name, field] : profile.fields) {
            if (field.table != table) continue;
            std::fill_n(extent.known.begin() + (field.address - extent.first), field.words(), true);
        }
        found.push_back(std::move(extent));
    }
    return found;
}

RawAnswer ConformBench::askUnit(int unit, const std::vector<std::uint8_t>& pdu) {
    return send({{SimTime{}, client.frame(unit, pdu)}}, 1).front();
}

RawAnswer ConformBench::readRegisters(ModbusTable table, int address, int count) {
    return ask(readPdu(readFunction(table), address, count));
}

std::vector<RawAnswer> ConformBench::send(const std::vector<TimedPiece>& pieces,
                                          std::size_t answers) {
    RawAnswer nothing;
    nothing.kind = RawAnswer::Kind::silence;
    if (lost()) return {nothing};
    auto got = client.send(pieces, answers);
    if (!got) {
        lose(got.error());
        return {nothing};
    }
    return got->empty() ? std::vector<RawAnswer>{nothing} : std::move(*got);
}

std::optional<std::vector<std::uint8_t>> ConformBench::soundRead() const {
    const auto plan = planReading(profile, readingFields(profile));
    if (plan.empty()) return std::nullopt;
    return readPdu(readFunction(plan.front().table), plan.front().address,
                   static_cast<int>(plan.front().words.size()));
}

void ConformBench::add(ConformVerdict verdict, const std::string& tried,
                       const std::string& expected, const std::string& source,
                       const std::string& found) {
    if (!lost()) report.lines.push_back({section_, tried, expected, source, found, verdict});
}

void ConformBench::notTried(const std::string& tried, const std::string& why) {
    add(ConformVerdict::notTried, tried, {}, {}, why);
}

void ConformBench::judge(const std::string& tried, const Wanted& wanted, const RawAnswer& answer) {
    using Kind = RawAnswer::Kind;
    const auto among = [&](int code) {
        return std::count(wanted.exceptions.begin(), wanted.exceptions.end(), code) != 0;
    };
    const int code = answer.exception();
    const bool right =
        (answer.kind == Kind::silence && wanted.silence) ||
        (answer.kind == Kind::closed && wanted.closed) ||
        (answer.kind == Kind::reply && (code != 0 ? among(code) || among(-1) : wanted.data));
    add(right ? ConformVerdict::ok : ConformVerdict::differs, tried, say(wanted),
        origin(wanted.key, wanted.from), say(answer));
}

std::string ConformBench::say(int exception) const {
    const auto meaning = profile.exceptions.find(exception);
    return fmt::format("exception {:02X}", exception) +
           (meaning == profile.exceptions.end() ? "" : " (" + meaning->second + ")");
}

std::string ConformBench::say(const RawAnswer& answer) const {
    switch (answer.kind) {
        case RawAnswer::Kind::silence:
            return "silence";
        case RawAnswer::Kind::closed:
            return "connection closed";
        case RawAnswer::Kind::damaged:
            return "damaged reply";
        case RawAnswer::Kind::reply:
            break;
    }
    return answer.exception() != 0 ? say(answer.exception()) : "data";
}

std::string ConformBench::say(const Wanted& wanted) const {
    if (!wanted.text.empty()) return wanted.text;
    std::vector<std::string> words;
    if (wanted.data) words.emplace_back("data");
    for (const int code : wanted.exceptions) {
        words.push_back(code < 0 ? "any exception" : fmt::format("exception {:02X}", code));
    }
    if (wanted.silence) words.emplace_back("silence");
    if (wanted.closed) words.emplace_back("connection closed");
    return fmt::format("{}", fmt::join(words, " or "));
}

std::string ConformBench::origin(const std::string& key, const std::string& source) const {
    const std::string& name = source.empty() ? profile.source : source;
    const bool standard = key.find(' ') != std::string::npos;
    return standard || name.empty() ? key : key + ", " + name;
}

void ConformBench::lose(const IoError& why) {
    if (report.lost.empty()) report.lost = why.text;
}

std::vector<std::uint8_t> readPdu(int function, int address, int count) {
    const auto byte = [](int value) { return static_cast<std::uint8_t>(value & 0xFF); };
    return {byte(function), byte(address >> 8), byte(address), byte(count >> 8), byte(count)};
}

int readFunction(ModbusTable table) {
    return table == ModbusTable::inputRegisters ? 4 : 3;
}

std::string placeOf(const IndicatorProfile& profile, ModbusTable table, int address, int count) {
    const bool input = table == ModbusTable::inputRegisters;
    const int first = input ? profile.firstInput : profile.firstHolding;
    constexpr int lastOfFive = 99'999;
    const bool counted = first != 0 && (first + address <= lastOfFive || first > lastOfFive);
    const std::string manual = !counted ? "" : fmt::format(" ({})", first + address);
    const std::string many = count == 1 ? "" : fmt::format(", {} of them", count);
    return fmt::format("{} register {}{}{}", input ? "input" : "holding", address, manual, many);
}

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/compare_firmware.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "hil/indicator/register_map.h"
#include "hil/modbus/raw_client.h"

namespace jh {

namespace {

/// Replies that begin this much apart are another timing; a character at 115,200 baud has 95 us.
constexpr SimTime sameMoment = 100us;

/// What the law does not look at.
bool legalField(const std::string& name) {
    static const std::set<std::string> free{"heartbeat", "adc_code",   "firmware",
                                            "serial",    "command",    "command_state",
                                            "parameter", "temperature"};
    return free.count(name) == 0 && name.rfind("other_", 0) != 0;
}

class Comparison {
public:
    Comparison(const IndicatorProfile& profile, SimTime byteTime, const VerificationResult& result,
               FirmwareTrace& trace)
        : profile_{profile}, byteTime_{byteTime}, result_{result}, trace_{trace} {}

    void take(const TwinExchange& exchange);
    std::vector<FirmwareDifference> differences;

private:
    void differ(SimTime at, const std::string& what, const std::string& first,
                const std::string& second, bool legal);
    void registers(const TwinExchange& exchange, const RawAnswer& first, const RawAnswer& second);
    RegisterImage imageOf(const TwinExchange& exchange, const RawAnswer& answer) const;
    std::string doingAt(SimTime at) const;

    const IndicatorProfile& profile_;
    SimTime byteTime_;
    const VerificationResult& result_;
    FirmwareTrace& trace_;
};

std::string say(const RawAnswer& answer) {
    switch (answer.kind) {
        case RawAnswer::Kind::silence:
            return "silence";
        case RawAnswer::Kind::closed:
            return "closed";
        case RawAnswer::Kind::damaged:
            return "a damaged reply";
        case RawAnswer::Kind::reply:
            break;
    }
    if (answer.exception() != 0) return fmt::format("exception {:02X}", answer.exception());
    std::string hex;
    for (const std::uint8_t byte : answer.pdu) hex += fmt::format("{:02X}", byte);
    return hex;
}

RawAnswer answerOf(const std::vector<TimedByte>& bytes) {
    std::vector<std::uint8_t> plain;
    for (const TimedByte& byte : bytes) plain.push_back(byte.byte);
    return rtuAnswer(plain);
}

/// The test, and the last thing that was done to the scale or the indicator.
std::string Comparison::doingAt(SimTime at) const {
    const WorkStep* last = nullptr;
    for (const WorkStep& step : result_.steps) {
        const bool onlyLooks = step.name.rfind("read", 0) == 0 || step.name == "settle";
        if (step.start <= at && !onlyLooks) last = &step;
    }
    std::string text;
    for (const TestResult& test : result_.tests) {
        if (test.start <= at && at <= test.end) text = "test " + test.rule.id;
    }
    if (last == nullptr) return text;
    return text + fmt::format("{}{:.1f} s after '{}' began", text.empty() ? "" : ", ",
                              seconds(at - last->start), last->name);
}

void Comparison::differ(SimTime at, const std::string& what, const std::string& first,
                        const std::string& second, bool legal) {
    const auto known = std::find_if(differences.begin(), differences.end(),
                                    [&](const FirmwareDifference& d) { return d.what == what; });
    if (known != differences.end()) {
        known->until = at;
        ++known->times;
        return;
    }
    differences.push_back({at, at, what, first, second, legal, 1, doingAt(at)});
}

RegisterImage Comparison::imageOf(const TwinExchange& exchange, const RawAnswer& answer) const {
    RegisterImage image{profile_};
    const auto& request = exchange.request;
    RegisterBlock block;
    block.table = request[1] == 4 ? ModbusTable::inputRegisters : ModbusTable::holdingRegisters;
    block.address = request[2] * 256 + request[3];
    for (std::size_t i = 2; i + 1 < answer.pdu.size(); i += 2) {
        block.words.push_back(static_cast<std::uint16_t>(answer.pdu[i] * 256 + answer.pdu[i + 1]));
    }
    image.add(std::move(block));
    return image;
}

void Comparison::registers(const TwinExchange& exchange, const RawAnswer& first,
                           const RawAnswer& second) {
    const RegisterImage a = imageOf(exchange, first), b = imageOf(exchange, second);
    std::set<std::string> ofBits;
    for (const auto& [name, bit] : profile_.statusBits) {
        if (!a.holds(bit.field)) continue;
        ofBits.insert(bit.field);
        if (a.bit(name) == b.bit(name)) continue;
        // A value and a bit may have one name: net.
        const bool twice = profile_.fields.count(name) != 0;
        differ(exchange.asked, twice ? name + " bit" : name, a.bit(name) ? "yes" : "no",
               b.bit(name) ? "yes" : "no", true);
    }
    for (const auto& [name, field] : profile_.fields) {
        if (!a.holds(name) || ofBits.count(name) != 0) continue;
        const auto left = a.raw(name, profile_.decimals), right = b.raw(name, profile_.decimals);
        const auto text = [&](std::optional<std::int64_t> value) {
            return !value                    ? std::string{"not a number"}
                   : value == profile_.blank ? std::string{"dark"}
                                             : std::to_string(*value);
        };
        const bool blank = left == profile_.blank || right == profile_.blank;
        if (name == "gross" && left && right && !blank) {
            trace_.at_s.push_back(seconds(exchange.asked));
            trace_.first_kg.push_back(static_cast<double>(*left));
            trace_.second_kg.push_back(static_cast<double>(*right));
        }
        if (left != right) differ(exchange.asked, name, text(left), text(right), legalField(name));
    }
}

void Comparison::take(const TwinExchange& exchange) {
    const RawAnswer first = answerOf(exchange.replies[0]), second = answerOf(exchange.replies[1]);
    if (first.kind != second.kind || first.exception() != second.exception()) {
        return differ(exchange.asked,
                      fmt::format("reply to function {:02X}",
                                  exchange.request.size() > 1 ? exchange.request[1] : 0),
                      say(first), say(second), true);
    }
    if (first.kind != RawAnswer::Kind::reply) return;
    const SimTime begin = exchange.replies[0].front().at, other = exchange.replies[1].front().at;
    if (std::max(begin, other) - std::min(begin, other) > sameMoment) {
        const auto ms = [&](SimTime at) {
            return fmt::format("{:.3f} ms after the request",
                               seconds(at - byteTime_ - exchange.asked) * 1e3);
        };
        differ(exchange.asked, "reply time", ms(begin), ms(other), false);
    }
    const bool read = exchange.request.size() == 8 &&
                      (exchange.request[1] == 3 || exchange.request[1] == 4) &&
                      first.exception() == 0;
    if (read && first.pdu.size() == second.pdu.size()) {
        registers(exchange, first, second);
    } else if (first.pdu != second.pdu) {
        differ(exchange.asked, fmt::format("reply to function {:02X}", exchange.request[1]),
               say(first), say(second), true);
    }
}

}  // namespace

std::vector<FirmwareDifference> compareReplies(const std::vector<TwinExchange>& exchanges,
                                               const IndicatorProfile& profile, SimTime byteTime,
                                               const VerificationResult& result,
                                               FirmwareTrace& trace) {
    Comparison comparison{profile, byteTime, result, trace};
    for (const TwinExchange& exchange : exchanges) comparison.take(exchange);
    return std::move(comparison.differences);
}

}  // namespace jh

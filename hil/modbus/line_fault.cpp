// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/modbus/line_fault.h"

#include <array>
#include <type_traits>

namespace jh {

namespace {

using namespace line_fault;

constexpr int stations = 256, largestFrame = 260;

/// What is wrong with the sizes of a fault; nothing for those that have none.
struct SizeProblem {
    const char* operator()(const LateReply& f) const {
        return f.delay.mean < SimTime{} || f.delay.spread < SimTime{}
                   ? "a time must not be negative"
                   : nullptr;
    }
    const char* operator()(const WrongId& f) const {
        return f.plus % stations == 0 ? "must lead to another id" : nullptr;
    }
    const char* operator()(const WrongFunction& f) const {
        return f.plus < 1 || f.plus > 127 ? "must lead to another function: plus 1 to 127"
                                          : nullptr;
    }
    const char* operator()(const Truncated& f) const {
        return f.missingBytes < 1 ? "at least one byte must be missing" : nullptr;
    }
    const char* operator()(const Split& f) const {
        if (f.afterBytes < 1) return "the pause comes after one byte or later";
        return f.pause <= SimTime{} ? "the pause must be longer than zero" : nullptr;
    }
    const char* operator()(const Duplicated& f) const {
        return f.pause < SimTime{} ? "a time must not be negative" : nullptr;
    }
    const char* operator()(const BitErrors& f) const {
        return f.rate >= 0.0 && f.rate <= 1.0 ? nullptr : "the rate lies between 0 and 1";
    }
    const char* operator()(const NoiseBytes& f) const {
        if (f.count < 1 || f.count > largestFrame) return "1 to 260 bytes";
        return f.pause < SimTime{} ? "a time must not be negative" : nullptr;
    }
    const char* operator()(const Disconnect& f) const {
        if (f.away <= SimTime{}) return "must be away for longer than zero";
        return f.every != SimTime{} && f.every <= f.away ? "must come back before it goes again"
                                                         : nullptr;
    }
    const char* operator()(const WrongBaud& f) const {
        if (f.sentBaud < 1 || f.heardBaud < 1) return "a rate is at least 1 baud";
        return f.sentBaud == f.heardBaud ? "the two rates must differ" : nullptr;
    }
    template <class Other>
    const char* operator()(const Other&) const {
        static_assert(std::is_empty_v<Other>, "a fault with sizes needs its own check");
        return nullptr;
    }
};

}  // namespace

const char* name(const LineFaultKind& what) {
    static constexpr std::array<const char*, std::variant_size_v<LineFaultKind>> names{
        "no_reply",   "late_reply", "wrong_id",     "wrong_crc",   "truncated", "split",
        "merged",     "duplicated", "bit_errors",   "noise_bytes", "busy",      "wrong_function",
        "stale_data", "word_swap",  "frozen_value", "disconnect",  "wrong_baud"};
    return names.at(what.index());
}

bool possibleOnTcp(const LineFaultKind& what) {
    return !std::holds_alternative<WrongCrc>(what) && !std::holds_alternative<BitErrors>(what) &&
           !std::holds_alternative<WrongBaud>(what);
}

std::vector<std::string> problemsOf(const LineFault& fault, LineWire wire) {
    std::vector<std::string> problems;
    const auto complain = [&](const std::string& text) {
        problems.push_back(std::string{name(fault.what)} + ": " + text);
    };
    if (const char* text = std::visit(SizeProblem{}, fault.what)) complain(text);
    if (wire == LineWire::tcp && !possibleOnTcp(fault.what))
        complain("not on Modbus TCP, which has no CRC, no wrong bits and no baud rate");
    if (fault.station && (*fault.station < 0 || *fault.station >= stations))
        complain("a station id lies between 0 and 255");
    if (fault.from >= fault.until) complain("must begin before it ends");
    if (!(fault.share > 0.0 && fault.share <= 1.0)) complain("the share lies above 0, 1 at most");
    if (std::holds_alternative<Disconnect>(fault.what) && fault.share < 1.0)
        complain("is a span of time and has no share of the replies");
    return problems;
}

}  // namespace jh

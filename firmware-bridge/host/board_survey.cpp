// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/host/board_survey.h"

#include <charconv>

#include "firmware-bridge/host/host_lines.h"

namespace jh {

namespace {

template <class Number>
bool take(std::string_view& text, Number& number) {
    const std::string_view word = nextWord(text);
    const char* end = word.data() + word.size();
    const auto result = std::from_chars(word.data(), end, number);
    return !word.empty() && result.ec == std::errc{} && result.ptr == end;
}

bool take(std::string_view& text, bool& flag) {
    int number = 0;
    const bool good = take(text, number);
    flag = number != 0;
    return good;
}

bool takePin(std::string_view rest, PinSeen& pin) {
    pin.pin = nextWord(rest);
    if (!take(rest, pin.output) || !take(rest, pin.edges) || !take(rest, pin.reads) ||
        !take(rest, pin.wide)) {
        return false;
    }
    const std::string_view data = nextWord(rest);
    if (data != "-") pin.dataPin = data;
    while (!rest.empty()) {
        int pulses = 0;
        if (!take(rest, pulses) || !take(rest, pin.bursts[pulses])) return false;
    }
    return true;
}

}  // namespace

std::string linesOf(const BoardSurvey& survey) {
    std::string text;
    const auto add = [&](const auto&... words) {
        text += "seen";
        ((text += ' ', text += words), ...);
        text += '\n';
    };
    for (const PinSeen& pin : survey.pins) {
        std::string bursts;
        for (const auto& [pulses, times] : pin.bursts) {
            bursts += " " + std::to_string(pulses) + " " + std::to_string(times);
        }
        add("pin", pin.pin, std::to_string(pin.output ? 1 : 0), std::to_string(pin.edges),
            std::to_string(pin.reads), std::to_string(pin.wide),
            (pin.dataPin.empty() ? "-" : pin.dataPin) + bursts);
    }
    for (const UartSeen& uart : survey.uarts) {
        add("uart", std::to_string(uart.number), std::to_string(uart.baud), uart.format,
            std::to_string(uart.sent), std::to_string(uart.receives ? 1 : 0));
    }
    add("bytes", std::to_string(survey.spiBytes), std::to_string(survey.twiBytes));
    add("nonvolatile", std::to_string(survey.nonvolatileReads),
        std::to_string(survey.nonvolatileWrites));
    return text;
}

bool takeLine(BoardSurvey& survey, std::string_view line) {
    if (nextWord(line) != "seen") return false;
    const std::string_view what = nextWord(line);
    if (what == "pin") {
        survey.pins.emplace_back();
        return takePin(line, survey.pins.back());
    }
    if (what == "uart") {
        UartSeen uart;
        if (!take(line, uart.number) || !take(line, uart.baud)) return false;
        uart.format = nextWord(line);
        if (!take(line, uart.sent) || !take(line, uart.receives)) return false;
        survey.uarts.push_back(uart);
        return true;
    }
    if (what == "bytes") return take(line, survey.spiBytes) && take(line, survey.twiBytes);
    return what == "nonvolatile" && take(line, survey.nonvolatileReads) &&
           take(line, survey.nonvolatileWrites);
}

}  // namespace jh

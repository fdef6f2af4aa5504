// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/host/host_lines.h"

#include <charconv>
#include <utility>

namespace jh {

namespace {

template <class Number>
bool take(std::string_view& text, Number& number, int base = 10) {
    const std::string_view word = nextWord(text);
    const char* end = word.data() + word.size();
    const auto result = std::from_chars(word.data(), end, number, base);
    return !word.empty() && result.ec == std::errc{} && result.ptr == end;
}

bool take(std::string_view& text, SimTime& at) {
    std::int64_t ns = 0;
    const bool good = take(text, ns);
    at = SimTime{ns};
    return good;
}

std::string lineOf(const BoardEvent& event) {
    const std::string at = std::to_string(event.at.count());
    const std::string value = std::to_string(event.value);
    switch (event.kind) {
        case BoardEvent::Kind::byte:
            return "t " + at + " " + value + "\n";
        case BoardEvent::Kind::pin:
            return "pin " + at + " " + value + " " + event.name + "\n";
        case BoardEvent::Kind::lamp:
            return "lamp " + at + " " + value + " " + event.name + "\n";
        case BoardEvent::Kind::display:
            return "display " + at + " " + event.name + "\n";
        case BoardEvent::Kind::notice:
            return "notice " + at + " " + event.name + "\n";
        case BoardEvent::Kind::lost:
            return "lost " + at + " " + event.name + "\n";
    }
    return {};
}

std::string lineOf(const std::vector<AddressRange>& executed) {
    std::string text = "covered";
    for (const AddressRange& range : executed) {
        text += " " + std::to_string(range.from) + " " + std::to_string(range.to);
    }
    return text + "\n";
}

std::string lineOf(const BoardFigures& f) {
    std::string text = "figures " + std::to_string(f.cycles) + " " + std::to_string(f.asleep) +
                       " " + std::to_string(f.converted) + " " + std::to_string(f.taken) + " " +
                       std::to_string(f.nonvolatileWrites) + " " + std::to_string(f.resets) + " ";
    return text + (f.leastStackFree ? std::to_string(*f.leastStackFree) : "-") + " " +
           std::to_string(f.lateness.count()) + "\n";
}

}  // namespace

std::string_view nextWord(std::string_view& text) {
    const auto end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return word;
}

std::string hexOf(const std::vector<std::uint8_t>& bytes) {
    constexpr std::string_view digits{"0123456789abcdef"};
    std::string hex;
    for (const std::uint8_t byte : bytes) {
        hex += digits[byte >> 4U];
        hex += digits[byte & 15U];
    }
    return hex;
}

bool fromHex(std::string_view hex, std::vector<std::uint8_t>& bytes) {
    bytes.clear();
    for (; hex.size() >= 2; hex.remove_prefix(2)) {
        std::string_view pair = hex.substr(0, 2);
        unsigned value = 0;
        if (!take(pair, value, 16)) return false;
        bytes.push_back(static_cast<std::uint8_t>(value));
    }
    return hex.empty();
}

std::string HostLines::answer(std::string_view line) {
    if (boardLines_ > 0) {
        --boardLines_;
        order_.board.append(line).append("\n");
        return {};
    }
    std::string_view rest = line;
    const std::string_view word = nextWord(rest);
    if (word == "hello") return "hello " + std::to_string(version) + " " + name_ + "\n";
    if (word == "board" && take(rest, boardLines_)) return {};
    if (word == "image") {
        order_.image = rest;
        return {};
    }
    if (word == "nonvolatile" && fromHex(rest, order_.nonvolatile)) return {};
    if (word == "survey" && !board_) {
        order_.survey = true;
        return {};
    }
    if (word == "coverage" && !board_) {
        order_.coverage = true;
        return {};
    }
    if (word == "start") return start();
    if (word == "quit") {
        ended_ = true;
        return {};
    }
    if (board_) {
        if (std::string said = running(word, line.substr(word.size())); !said.empty()) {
            return said == " " ? std::string{} : said;
        }
    }
    return "wrong " + std::string{line} + "\n";
}

std::string HostLines::start() {
    std::string refusal;
    board_ = make_(order_, refusal);
    return board_ ? "ready\n" : "refused " + refusal + "\n";
}

/// A single space: understood, and nothing to say.
std::string HostLines::running(std::string_view word, std::string_view rest) {
    constexpr const char* understood = " ";
    if (!rest.empty()) rest.remove_prefix(1);
    SimTime at{};
    if (word == "c") {
        std::int64_t code = 0;
        if (!take(rest, at) || !take(rest, code)) return {};
        board_->conversion(at, code);
        return understood;
    }
    if (word == "r") {
        unsigned byte = 0;
        if (!take(rest, at) || !take(rest, byte)) return {};
        board_->receive(at, static_cast<std::uint8_t>(byte));
        return understood;
    }
    if (word == "press") {
        int pressed = 0;
        if (!take(rest, at) || !take(rest, pressed)) return {};
        return board_->press(at, std::string{rest}, pressed != 0) ? understood : "";
    }
    if (word == "on" || word == "off") {
        if (!take(rest, at)) return {};
        word == "on" ? board_->powerOn(at) : board_->powerOff(at);
        return understood;
    }
    if (word == "run") {
        if (!take(rest, at)) return {};
        const SimTime reached = board_->runUntil(at, rest == "byte");
        std::string text;
        for (const BoardEvent& event : board_->takeEvents()) text += lineOf(event);
        return text + "at " + std::to_string(reached.count()) + "\n";
    }
    if (word == "hash") {
        Hash hash;
        board_->hashInto(hash);
        return "hash " + std::to_string(hash.value()) + "\n";
    }
    if (word == "keep") return "nonvolatile " + hexOf(board_->nonvolatile()) + "\n";
    if (word == "figures") return lineOf(board_->figures());
    if (word == "survey") return linesOf(board_->survey()) + "surveyed\n";
    if (word == "coverage") return lineOf(board_->executed());
    if (word == "where") return "where " + board_->whereabouts() + "\n";
    if (word == "debug") {
        int port = 0;
        if (!take(rest, port)) return {};
        const std::string why = board_->debug(port);
        return "debugged" + (why.empty() ? "" : " " + why) + "\n";
    }
    return {};
}

}  // namespace jh

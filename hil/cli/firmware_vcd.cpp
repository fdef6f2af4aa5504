// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/firmware_vcd.h"

#include <algorithm>
#include <charconv>

#include "firmware-bridge/host/host_lines.h"

namespace jh {

namespace {

constexpr int codeBits = 32;

std::vector<VcdFile::Signal> signalsOf(const Board& board) {
    std::vector<VcdFile::Signal> signals{{"board", "supply", 1, 1}};
    if (board.converter) signals.push_back({"board", "conversion", codeBits, {}});
    if (board.uart) {
        signals.push_back({"uart", "sent", 8, {}});
        signals.push_back({"uart", "received", 8, {}});
    }
    for (const ButtonOnBoard& b : board.buttons) signals.push_back({"buttons", b.name, 1, 0});
    for (const LampOnBoard& l : board.lamps) signals.push_back({"lamps", l.name, 1, 0});
    for (const PinName& pin : board.trace) signals.push_back({"pins", pin, 1, 0});
    return signals;
}

std::int64_t numberIn(std::string_view text) {
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

}  // namespace

FirmwareVcd::FirmwareVcd(const std::filesystem::path& file, const Board& board)
    : file_{file, signalsOf(board)} {
    if (board.uart) character_ = board.uart->character();
    for (const VcdFile::Signal& signal : signalsOf(board)) {
        signals_.emplace(signal.group + " " + signal.name, signals_.size());
    }
}

void FirmwareVcd::byteOnLine(std::size_t signal, SimTime& free, SimTime end, std::uint8_t byte) {
    file_.change(std::max(end - character_, free), signal, byte);
    file_.change(end, signal, {});
    free = end;
}

void FirmwareVcd::event(const BoardEvent& event) {
    const bool lamp = event.kind == BoardEvent::Kind::lamp;
    if (event.kind == BoardEvent::Kind::byte) {
        byteOnLine(signals_.at("uart sent"), sentTo_, event.at,
                   static_cast<std::uint8_t>(event.value));
    } else if (lamp || event.kind == BoardEvent::Kind::pin) {
        const auto found = signals_.find((lamp ? "lamps " : "pins ") + event.name);
        if (found == signals_.end()) return;
        file_.change(event.at, found->second, event.value != 0 ? 1 : 0);
    }
}

void FirmwareVcd::order(std::string_view word, SimTime at, std::string_view rest) {
    if (word == "on" || word == "off") {
        file_.change(at, signals_.at("board supply"), word == "on" ? 1 : 0);
    } else if (word == "c") {
        const auto found = signals_.find("board conversion");
        if (found == signals_.end()) return;
        file_.change(at, found->second, static_cast<std::uint64_t>(numberIn(rest)));
    } else if (word == "r") {
        const auto found = signals_.find("uart received");
        if (found == signals_.end()) return;
        byteOnLine(found->second, receivedTo_, at, static_cast<std::uint8_t>(numberIn(rest)));
    } else if (word == "press") {
        const bool pressed = nextWord(rest) == "1";
        const auto found = signals_.find("buttons " + std::string{rest});
        if (found != signals_.end()) file_.change(at, found->second, pressed ? 1 : 0);
    }
}

}  // namespace jh

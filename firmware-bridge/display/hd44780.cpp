// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/display/hd44780.h"

#include <utility>

namespace jh {

namespace {

constexpr std::size_t rs = 0, rw = 1, e = 2;
/// Data sheet table 6 at 270 kHz, and "Initializing by Internal Reset Circuit".
constexpr SimTime instructionTakes = 37us, clearTakes = 1'520us, resetTakes = 10ms;
constexpr SimTime steady = 20ms;
constexpr unsigned lineLength = 40, secondLine = 0x40;

/// Font A00 as far as it is ASCII; one's own characters and Japanese ones are question marks.
std::string readable(char cell) {
    const auto code = static_cast<unsigned char>(cell);
    constexpr unsigned char yen = 0x5C, right = 0x7E, left = 0x7F, degree = 0xDF;
    if (code == yen) return "¥";
    if (code == right) return "→";
    if (code == left) return "←";
    if (code == degree) return "°";
    const bool ascii = code >= ' ' && code < right;
    return std::string(1, ascii ? cell : '?');
}

}  // namespace

Hd44780::Hd44780(int columns, int rows, SimTime at)
    : columns_{columns}, rows_{rows}, busyUntil_{at + resetTakes}, seenSince_{at} {
    cells_.fill(' ');
    for (std::size_t pin = dataPin; pin < pins.size(); ++pin) levels_[pin] = true;
}

void Hd44780::drive(std::size_t pin, bool high, SimTime at) {
    const bool before = std::exchange(levels_[pin], high);
    if (pin != e || before == high) {
        if (pin == rw && !high) output_.reset();
        return;
    }
    if (!high) {
        fall(at);
        output_.reset();
        return;
    }
    if (!levels_[rw]) return;
    if (!halfTaken_) reading_ = readByte(at);
    output_ = halfTaken_ ? static_cast<std::uint8_t>(reading_ << 4U) : reading_;
    if (!eight_) *output_ |= 0x0FU;  // the lower lines are pulled up
}

/// Falling edge of E: a byte or half of one is over.
void Hd44780::fall(SimTime at) {
    std::uint8_t data = 0;
    for (std::size_t bit = 0; bit < 8; ++bit) {
        if (levels_[dataPin + bit]) data = static_cast<std::uint8_t>(data | 1U << bit);
    }
    if (!eight_) {
        halfTaken_ = !halfTaken_;
        if (halfTaken_) {
            half_ = data & 0xF0U;
            return;
        }
        data = static_cast<std::uint8_t>(half_ | data >> 4U);
    }
    if (!levels_[rw]) {
        take(data, at);
    } else if (levels_[rs]) {
        step(increment_);
        busyUntil_ = at + instructionTakes;
    }
}

void Hd44780::take(std::uint8_t byte, SimTime at) {
    if (at < busyUntil_) {
        if (!std::exchange(lostOne_, true)) {
            notices_.push_back(
                {at,
                 "the display was busy and lost what was written; wait for 37 us after each "
                 "byte, 1.52 ms after clear and home, 10 ms after power-on"});
        }
        return;
    }
    settle(at);
    const bool slow = !levels_[rs] && byte <= 3;
    busyUntil_ = at + (slow ? clearTakes : instructionTakes);
    levels_[rs] ? write(byte) : instruct(byte);
    settle(at);
}

/// The highest bit that is set tells the instruction (data sheet, table 6).
void Hd44780::instruct(std::uint8_t byte) {
    const auto bit = [&](unsigned n) { return (byte >> n & 1U) != 0; };
    if (bit(7)) {
        address_ = byte & 0x7FU;
        inCharacters_ = false;
    } else if (bit(6)) {
        address_ = byte & 0x3FU;
        inCharacters_ = true;
    } else if (bit(5)) {
        eight_ = bit(4);
        twoLines_ = bit(3);
        halfTaken_ = false;
    } else if (bit(4)) {
        const bool right = bit(2);
        bit(3) ? static_cast<void>(shift_ += right ? -1 : 1) : step(right);
    } else if (bit(3)) {
        on_ = bit(2);
    } else if (bit(2)) {
        increment_ = bit(1);
        shiftWithWrite_ = bit(0);
    } else if (byte != 0) {
        if (!bit(1)) {
            cells_.fill(' ');
            increment_ = true;
        }
        address_ = 0;
        inCharacters_ = false;
        shift_ = 0;
    }
}

void Hd44780::write(std::uint8_t byte) {
    if (inCharacters_) {
        characters_[address_ & 0x3FU] = byte;
    } else {
        cells_[cellOf(address_)] = static_cast<char>(byte);
        if (shiftWithWrite_) shift_ += increment_ ? 1 : -1;
    }
    step(increment_);
}

std::uint8_t Hd44780::readByte(SimTime at) const {
    if (!levels_[rs]) {
        constexpr unsigned busy = 0x80;
        return static_cast<std::uint8_t>((at < busyUntil_ ? busy : 0U) | address_);
    }
    if (inCharacters_) return characters_[address_ & 0x3FU];
    return static_cast<std::uint8_t>(cells_[cellOf(address_)]);
}

/// Two lines: 00 to 27 and 40 to 67, one behind the other; one line: 00 to 4F.
void Hd44780::step(bool forward) {
    if (inCharacters_) {
        address_ = (address_ + (forward ? 1U : 63U)) % 64U;
        return;
    }
    const std::size_t count = cells_.size();
    const std::size_t next = (cellOf(address_) + (forward ? 1 : count - 1)) % count;
    const bool second = twoLines_ && next >= lineLength;
    address_ = static_cast<unsigned>(second ? next - lineLength + secondLine : next);
}

/// Addresses that do not exist (28 to 3F with two lines) count as those after the line's end.
std::size_t Hd44780::cellOf(unsigned address) const {
    const std::size_t count = cells_.size();
    if (!twoLines_) return address % count;
    return address >= secondLine ? lineLength + (address - secondLine) % lineLength
                                 : address % lineLength;
}

std::string Hd44780::text() const {
    if (!on_) return {};
    std::string text;
    for (int row = 0; row < rows_; ++row) {
        if (row > 0) text += '|';
        // The third and fourth row of the glass continue the first and the second line.
        const int length = static_cast<int>(twoLines_ ? lineLength : cells_.size());
        const int line = twoLines_ ? row % 2 : 0;
        const bool driven = twoLines_ || row % 2 == 0;
        for (int column = 0; column < columns_; ++column) {
            const int place = ((column + row / 2 * columns_ + shift_) % length + length) % length;
            const auto cell =
                static_cast<std::size_t>(line) * lineLength + static_cast<std::size_t>(place);
            text += driven ? readable(cells_[cell]) : " ";
        }
    }
    return text;
}

/// What stood there until now may have stood long enough.
void Hd44780::settle(SimTime at) {
    if (seen_ != told_ && at - seenSince_ >= steady) {
        told_ = seen_;
        shown_.push_back({seenSince_ + steady, told_});
    }
    std::string now = text();
    if (now == seen_) return;
    seen_ = std::move(now);
    seenSince_ = at;
}

std::vector<ShownText> Hd44780::takeShown(SimTime now) {
    settle(now);
    return std::exchange(shown_, {});
}

std::vector<ShownText> Hd44780::takeNotices() {
    return std::exchange(notices_, {});
}

}  // namespace jh

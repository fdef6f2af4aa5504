// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/display/multiplexed_digits.h"

#include <algorithm>
#include <utility>

namespace jh {

namespace {

constexpr SimTime glance = 25ms;
/// A segment that is lit so much less than the brightest is a ghost: it glows while digits change.
constexpr int ghost = 4;
/// Nobody sees less than this of a glance.
constexpr SimTime dark = glance / 200;

/// Usual forms; 7 and 9 have two.
const std::vector<std::pair<std::string, std::string>> usual{
    {"", " "},        {"abcdef", "0"}, {"bc", "1"},     {"abdeg", "2"},  {"abcdg", "3"},
    {"bcfg", "4"},    {"acdfg", "5"},  {"acdefg", "6"}, {"abc", "7"},    {"abcf", "7"},
    {"abcdefg", "8"}, {"abcdfg", "9"}, {"abcfg", "9"},  {"abcefg", "A"}, {"cdefg", "b"},
    {"adef", "C"},    {"bcdeg", "d"},  {"adefg", "E"},  {"aefg", "F"},   {"g", "-"}};

}  // namespace

std::uint8_t segmentBits(const std::string& letters) {
    std::uint8_t bits = 0;
    for (const char letter : letters) {
        if (letter >= 'a' && letter <= 'g') {
            bits = static_cast<std::uint8_t>(bits | 1U << static_cast<unsigned>(letter - 'a'));
        }
    }
    return bits;
}

MultiplexedDigits::MultiplexedDigits(std::size_t digits,
                                     const std::map<std::string, std::string>& table, SimTime at)
    : on_(digits), bright_(digits), begin_{at}, now_{at} {
    for (const auto& [letters, character] : usual) characters_[segmentBits(letters)] = character;
    for (const auto& [letters, character] : table) characters_[segmentBits(letters)] = character;
}

void MultiplexedDigits::segment(std::size_t index, bool lit, SimTime at) {
    passTo(at);
    lit_[index] = lit;
}

void MultiplexedDigits::digit(std::size_t index, bool on, SimTime at) {
    passTo(at);
    on_[index] = on;
}

void MultiplexedDigits::passTo(SimTime at) {
    while (now_ < at) {
        const SimTime next = std::min(at, begin_ + glance);
        for (std::size_t digit = 0; digit < on_.size(); ++digit) {
            if (!on_[digit]) continue;
            for (std::size_t s = 0; s < segments; ++s) {
                if (lit_[s]) bright_[digit][s] += next - now_;
            }
        }
        now_ = next;
        if (now_ < begin_ + glance) return;
        begin_ = now_;
        std::string text = read();
        for (auto& digit : bright_) digit.fill(SimTime{});
        if (text == last_ && text != text_) {
            text_ = text;
            shown_.push_back({now_, text_});
        }
        last_ = std::move(text);
    }
}

std::string MultiplexedDigits::read() const {
    SimTime brightest{};
    for (const auto& digit : bright_) {
        brightest = std::max(brightest, *std::max_element(digit.begin(), digit.end()));
    }
    const SimTime least = std::max(brightest / ghost, dark);
    std::string text;
    for (const auto& digit : bright_) {
        std::uint8_t bits = 0;
        for (std::size_t s = 0; s + 1 < segments; ++s) {
            if (digit[s] >= least) bits = static_cast<std::uint8_t>(bits | 1U << s);
        }
        const auto found = characters_.find(bits);
        text += found == characters_.end() ? "?" : found->second;
        if (digit[segments - 1] >= least) text += '.';
    }
    return text;
}

std::vector<ShownText> MultiplexedDigits::takeShown(SimTime now) {
    passTo(now);
    return std::exchange(shown_, {});
}

}  // namespace jh

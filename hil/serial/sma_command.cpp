// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/serial/sma_command.h"

#include <algorithm>
#include <string_view>

#include "hil/serial/decimal_field.h"

namespace jh {

namespace {

constexpr std::uint8_t lf = 0x0A, cr = 0x0D, esc = 0x1B;
/// A command letter and 10 characters of weight.
constexpr std::size_t longestBody = 11;

bool printable(char c) {
    return c >= ' ' && c <= '~';
}

SmaCommand parse(const std::string& body) {
    using Kind = SmaCommand::Kind;
    if (!std::all_of(body.begin(), body.end(), printable)) return {Kind::garbled, {}};
    if (body.empty() || body.size() > longestBody) return {Kind::unknown, {}};
    constexpr std::string_view known = "WHZTCMRDAB";
    if (known.find(body.front()) == known.npos) return {Kind::unknown, {}};
    const auto kind = static_cast<Kind>(body.front());
    std::string number = body.substr(1);
    number.erase(0, number.find_first_not_of(' '));
    if (number.empty() && body.size() == 1) return {kind, {}};
    if (kind != Kind::tare || !parseDecimal(number)) return {Kind::unknown, {}};
    return {kind, number};
}

}  // namespace

std::vector<std::uint8_t> smaRequest(const SmaCommand& command) {
    if (command.kind == SmaCommand::Kind::abort) return {esc};
    const std::string text =
        std::string{"\n"} + static_cast<char>(command.kind) + command.presetTare + "\r";
    return {text.begin(), text.end()};
}

std::vector<SmaCommand> SmaCommandReader::feed(std::span<const std::uint8_t> bytes) {
    std::vector<SmaCommand> commands;
    for (const std::uint8_t byte : bytes) {
        if (byte == esc) {
            body_.reset();
            commands.push_back({SmaCommand::Kind::abort, {}});
        } else if (byte == lf) {
            // A command that never ended: the host has begun anew.
            if (body_) skippedBytes_ += 1 + body_->size();
            body_.emplace();
        } else if (!body_) {
            ++skippedBytes_;
        } else if (byte == cr) {
            commands.push_back(parse(*body_));
            body_.reset();
        } else if (body_->size() <= longestBody) {
            // Longer is unknown however long: one character more than allowed is kept.
            body_->push_back(static_cast<char>(byte));
        }
    }
    return commands;
}

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/serial/yaohua_command.h"

#include <string>

#include "hil/serial/yaohua_fields.h"
#include "sim/base/check.h"

namespace jh {

namespace {

constexpr std::size_t emptyLength = 6, weightLength = 14, headLength = 3;
constexpr char unknownCommand = 0x04;  // DS1 manual p. 7, diagram 2-3

bool isAddress(char c) {
    return c >= 'A' && c <= 'Z';
}

/// The commands with a weight for an answer.
bool asksWeight(char command) {
    return command >= 'B' && command <= 'D';
}

std::string head(char address, char command) {
    return {address, command};
}

WeightKind kindOf(char command) {
    return command == 'B' ? WeightKind::gross : command == 'C' ? WeightKind::tare : WeightKind::net;
}

std::optional<ExactMass> massFor(char command, const YaohuaDisplay& display) {
    return command == 'B' ? display.gross : command == 'C' ? display.tare : display.net;
}

std::vector<std::uint8_t> answerTo(char address, char command, const YaohuaDisplay& display) {
    if (command == static_cast<char>(YaohuaCommand::handshake))
        return yaohua::enclosed(head(address, command));
    if (!asksWeight(command)) return yaohua::enclosed(head(address, unknownCommand));
    const auto mass = massFor(command, display);
    const auto weight =
        mass ? yaohua::signedWeight(*mass, display.decimals, display.unit) : std::nullopt;
    if (!weight) return {};
    return yaohua::enclosed(head(address, command) + *weight);
}

}  // namespace

std::vector<std::uint8_t> yaohuaRequest(char address, YaohuaCommand command) {
    JH_CHECK(isAddress(address));
    return yaohua::enclosed(head(address, static_cast<char>(command)));
}

std::vector<std::uint8_t> YaohuaPoller::ask(YaohuaCommand command) {
    asked_ = command;
    return yaohuaRequest(address_, command);
}

std::optional<YaohuaAnswer> YaohuaPoller::feed(std::span<const std::uint8_t> bytes) {
    std::optional<YaohuaAnswer> answer;
    const auto lengthOf = [](std::span<const std::uint8_t> rest) -> std::size_t {
        if (rest.size() < headLength) return 0;
        return asksWeight(static_cast<char>(rest[2])) ? weightLength : emptyLength;
    };
    stream_.feed(bytes, lengthOf,
                 [&](std::span<const std::uint8_t> frame) { return take(frame, answer); });
    return answer;
}

std::optional<FrameFault> YaohuaPoller::take(std::span<const std::uint8_t> frame,
                                             std::optional<YaohuaAnswer>& answer) {
    const auto body = yaohua::opened(frame);
    if (!body) return body.error();
    const char address = static_cast<char>((*body)[0]), command = static_cast<char>((*body)[1]);
    const bool refused = command == unknownCommand;
    if (!isAddress(address)) return FrameFault::status;
    if (!refused && !asksWeight(command) && command != 'A') return FrameFault::status;

    YaohuaAnswer read;
    if (asksWeight(command)) {
        auto weight = yaohua::parseSignedWeight(body->subspan(2), unit_);
        if (!weight) return weight.error();
        weight->kind = kindOf(command);
        read.weight = *weight;
    }
    const bool awaited =
        address == address_ && asked_ && (refused || static_cast<char>(*asked_) == command);
    if (!awaited) {
        ++foreign_;
        return std::nullopt;
    }
    read.command = *asked_;
    read.refused = refused;
    asked_.reset();
    answer = read;
    return std::nullopt;
}

std::vector<std::uint8_t> YaohuaResponder::feed(std::span<const std::uint8_t> bytes,
                                                const YaohuaDisplay& display) {
    std::vector<std::uint8_t> answers;
    const auto lengthOf = [](std::span<const std::uint8_t>) { return emptyLength; };
    const auto accept = [&](std::span<const std::uint8_t> frame) -> std::optional<FrameFault> {
        const auto body = yaohua::opened(frame);
        if (!body) return body.error();
        const char address = static_cast<char>((*body)[0]), command = static_cast<char>((*body)[1]);
        if (!isAddress(address)) return FrameFault::status;
        if (address != address_) return std::nullopt;
        const auto answer = answerTo(address, command, display);
        answers.insert(answers.end(), answer.begin(), answer.end());
        return std::nullopt;
    };
    stream_.feed(bytes, lengthOf, accept);
    return answers;
}

}  // namespace jh

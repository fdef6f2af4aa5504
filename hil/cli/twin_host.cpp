// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/twin_host.h"

#include <algorithm>

namespace jh {

void TwinHost::conversion(SimTime at, std::int64_t code) {
    first_->conversion(at, code);
    second_->conversion(at, code);
    now_ = std::max(now_, at);
}

void TwinHost::receive(SimTime at, std::uint8_t byte) {
    // A request begins after an answer or after the silence that ends a frame.
    const SimTime silence = byteTime() * 7 / 2;
    if (exchanges_.empty() || !exchanges_.back().replies[0].empty() ||
        at - exchanges_.back().asked > silence) {
        hearSecond();
        exchanges_.emplace_back();
    }
    exchanges_.back().request.push_back(byte);
    exchanges_.back().asked = at;
    first_->receive(at, byte);
    second_->receive(at, byte);
    now_ = std::max(now_, at);
}

// With the supply goes what has not been heard yet.
void TwinHost::powerOn(SimTime at) {
    hearSecond();
    first_->powerOn(at);
    second_->powerOn(at);
}

void TwinHost::powerOff(SimTime at) {
    hearSecond();
    first_->powerOff(at);
    second_->powerOff(at);
}

void TwinHost::runUntil(SimTime until) {
    first_->runUntil(until);
    second_->runUntil(until);
    now_ = std::max(now_, until);
}

SimTime TwinHost::runUntilByte(SimTime limit) {
    const SimTime reached = first_->runUntilByte(limit);
    second_->runUntil(reached);
    now_ = std::max(now_, reached);
    return reached;
}

std::optional<TimedByte> TwinHost::takeTransmitted(SimTime by) {
    const auto byte = first_->takeTransmitted(by);
    if (byte && !exchanges_.empty()) exchanges_.back().replies[0].push_back(*byte);
    return byte;
}

/// What the second one has said since the last request is its answer to that.
void TwinHost::hearSecond() {
    while (const auto byte = second_->takeTransmitted(now_)) {
        if (!exchanges_.empty()) exchanges_.back().replies[1].push_back(*byte);
    }
}

const std::vector<TwinExchange>& TwinHost::exchanges() {
    hearSecond();
    return exchanges_;
}

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/adc/two_wire_port.h"

#include <algorithm>

namespace jh {

void TwoWirePort::clear() {
    ready_ = waiting_ = empty_ = false;
    pulses_ = 0;
    line_ = true;
    lineAt_.reset();
}

bool TwoWirePort::clock(bool high, SimTime at) {
    advanceTo(at);
    high_ = high;
    since_ = at;
    if (!high) return false;
    if (pulses_ == 0) {
        empty_ = !ready_;
        shift_ = ready_ ? static_cast<std::uint32_t>(result_) & 0xFFFFFFU : 0xFFFFFFU;
        ready_ = false;
    }
    ++pulses_;
    changeLater(pulses_ > 24 || ((shift_ >> (24 - pulses_)) & 1U) != 0, at + dataValid_);
    return pulses_ == 24 && !empty_;
}

std::optional<int> TwoWirePort::endRead(SimTime at, bool conversion) {
    if (pulses_ == 0) return {};
    const bool rested = pulses_ >= 24 && !high_ && at - since_ >= rest;
    if (!(conversion ? rested || waiting_ : rested && waiting_)) return {};
    const int pulses = pulses_;
    pulses_ = 0;
    // the conversion that ends now will take the place of the one that waits
    if (waiting_ && !conversion) show(at);
    waiting_ = false;
    return pulses;
}

void TwoWirePort::give(std::int32_t code, SimTime at) {
    result_ = code;
    if (pulses_ > 0) {
        waiting_ = true;
    } else {
        show(at);
    }
}

void TwoWirePort::show(SimTime at) {
    line_ = ready_;  // unread: up, and down again as a sign that there is a new one
    lineAt_.reset();
    if (ready_) changeLater(false, at + update_);
    ready_ = true;
}

void TwoWirePort::changeLater(bool level, SimTime at) {
    nextLine_ = level;
    lineAt_ = at;
}

void TwoWirePort::advanceTo(SimTime at) {
    if (!lineAt_ || at < *lineAt_) return;
    line_ = nextLine_;
    lineAt_.reset();
}

std::optional<SimTime> TwoWirePort::wake() const {
    std::optional<SimTime> next = lineAt_;
    if (waiting_ && pulses_ >= 24 && !high_) {
        next = next ? std::min(*next, since_ + rest) : since_ + rest;
    }
    return next;
}

void TwoWirePort::hashInto(Hash& hash) const {
    for (const bool flag : {high_, line_, nextLine_, ready_, waiting_, empty_}) {
        hash.add(std::uint64_t{flag ? 1U : 0U});
    }
    hash.add(static_cast<std::uint64_t>(since_.count()));
    hash.add(static_cast<std::uint64_t>(lineAt_ ? lineAt_->count() : -1));
    hash.add(static_cast<std::uint64_t>(pulses_));
    hash.add(static_cast<std::uint64_t>(result_));
    hash.add(std::uint64_t{shift_});
}

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/native/native_board.h"

#include <sys/prctl.h>

#include <algorithm>
#include <utility>

#include "firmware-bridge/native/firmware_guard.h"

namespace jh {

NativeBoard::NativeBoard(const jh_firmware_api& api, std::vector<std::uint8_t> nonvolatile,
                         SimTime byteTime, std::function<std::string(const void*)> nameOf)
    : nameOf_{std::move(nameOf)} {
    nonvolatile.resize(api.nonvolatile_bytes, 0xFF);
    kept_ = nonvolatile;
    alive([&] { host_ = std::make_unique<NativeHost>(api, std::move(nonvolatile), byteTime); });
}

bool NativeBoard::alive(const std::function<void()>& work) {
    std::string what = runGuarded(work, nameOf_);
    if (what.empty() && host_) what = host_->lost().value_or("");
    if (what.empty()) return true;
    events_.push_back({now_, BoardEvent::Kind::lost, 0, what});
    if (host_) kept_ = {host_->nonvolatile().begin(), host_->nonvolatile().end()};
    // Not destroyed: it may be in the middle of anything.
    static_cast<void>(host_.release());
    return false;
}

void NativeBoard::conversion(SimTime at, std::int64_t code) {
    inputs_.push_back({at, Input::Kind::conversion, code});
}

void NativeBoard::receive(SimTime at, std::uint8_t byte) {
    inputs_.push_back({at, Input::Kind::byte, byte});
}

void NativeBoard::powerOn(SimTime at) {
    inputs_.push_back({at, Input::Kind::on, 0});
}

void NativeBoard::powerOff(SimTime at) {
    inputs_.push_back({at, Input::Kind::off, 0});
}

void NativeBoard::take(const Input& input) {
    switch (input.kind) {
        case Input::Kind::conversion:
            ++conversions_;
            host_->conversion(input.at, input.value);
            return;
        case Input::Kind::byte:
            host_->receive(input.at, static_cast<std::uint8_t>(input.value));
            return;
        case Input::Kind::on:
            ++starts_;
            host_->powerOn(input.at);
            return;
        case Input::Kind::off:
            host_->powerOff(input.at);
            return;
    }
}

/// What has come out since the last look; true when there was a byte.
bool NativeBoard::takeBytes() {
    constexpr std::uint64_t manyWrites = 5'000;
    if (!noticed_ && host_->nonvolatileWrites() > manyWrites) {
        noticed_ = true;
        events_.push_back({now_, BoardEvent::Kind::notice, 0,
                           "it writes its non-volatile memory again and again"});
    }
    bool any = false;
    while (const auto byte = host_->takeTransmitted(now_)) {
        events_.push_back({byte->at, BoardEvent::Kind::byte, byte->byte, {}});
        any = true;
    }
    return any;
}

/// Up to `next`, or to the first byte that has left.
void NativeBoard::step(SimTime next, bool stopAtByte) {
    if (stopAtByte) {
        now_ = host_->runUntilByte(next);
    } else {
        host_->runUntil(next);
        now_ = next;
    }
}

SimTime NativeBoard::runUntil(SimTime until, bool stopAtByte) {
    while (host_) {
        const bool due = !inputs_.empty() && inputs_.front().at <= until;
        const SimTime next = std::max(now_, due ? inputs_.front().at : until);
        if (!alive([&] { step(next, stopAtByte); })) break;
        const bool sent = takeBytes();
        if ((stopAtByte && sent) || !due) return now_;
        const Input input = inputs_.front();
        inputs_.pop_front();
        if (!alive([&] { take(input); })) break;
    }
    now_ = std::max(now_, until);
    return now_;
}

std::vector<BoardEvent> NativeBoard::takeEvents() {
    return std::exchange(events_, {});
}

std::vector<std::uint8_t> NativeBoard::nonvolatile() const {
    if (!host_) return kept_;
    return {host_->nonvolatile().begin(), host_->nonvolatile().end()};
}

BoardFigures NativeBoard::figures() const {
    BoardFigures f;
    f.converted = f.taken = conversions_;
    f.resets = starts_;
    if (host_) f.nonvolatileWrites = host_->nonvolatileWrites();
    return f;
}

std::string NativeBoard::debug(int) {
    if (!host_) return "the firmware has ended";
    prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY);  // fails where everybody may anyway
    return {};
}

void NativeBoard::hashInto(Hash& hash) const {
    if (host_) host_->hashInto(hash);
}

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/native/native_host.h"

#include <algorithm>
#include <array>
#include <utility>

#include "firmware-bridge/adc/adc_chip.h"
#include "sim/base/check.h"

namespace jh {
namespace {

/// A reply has 256 bytes at most; who has so many on their way never stops.
constexpr std::size_t mostWaiting = 65'536;
constexpr SimTime byteWriteTakes = 3'300us;

SimTime elevenBits(int baud) {
    JH_CHECK(baud > 0);
    constexpr std::int64_t bits = 11;
    return SimTime{(bits * 1'000'000'000 + baud / 2) / baud};
}

std::uint64_t inMicroseconds(SimTime t) {
    return static_cast<std::uint64_t>(std::chrono::floor<std::chrono::microseconds>(t).count());
}

}  // namespace

NativeHost::NativeHost(const jh_firmware_api& api, std::vector<std::uint8_t> nonvolatile, int baud)
    : NativeHost{api, std::move(nonvolatile), elevenBits(baud)} {}

NativeHost::NativeHost(const jh_firmware_api& api, std::vector<std::uint8_t> nonvolatile,
                       SimTime byteTime)
    : api_{&api},
      nonvolatile_{std::move(nonvolatile)},
      state_((api.state_bytes + 7) / 8),
      byteTime_{byteTime},
      wanted_{nonvolatile_},
      stored_{nonvolatile_} {
    JH_CHECK(api.abi_version == JH_FIRMWARE_ABI_VERSION);
    JH_CHECK(api.comparable_bytes <= api.state_bytes);
    JH_CHECK(nonvolatile_.size() == api.nonvolatile_bytes);
    api_->power_on(state_.data(), nonvolatile_.data(), 0);
    collect(now_);
}

void NativeHost::conversion(SimTime at, std::int64_t code) {
    advanceTo(at);
    if (!supplied_) return;
    api_->conversion(state_.data(), inMicroseconds(at), limited(code));
    collect(at);
}

void NativeHost::receive(SimTime at, std::uint8_t byte) {
    advanceTo(at);
    if (!supplied_) return;
    api_->uart_receive(state_.data(), inMicroseconds(at), byte);
    collect(at);
}

void NativeHost::powerOn(SimTime at) {
    now_ = std::max(now_, at);
    if (lost_) return;
    supplied_ = true;
    transmitted_.clear();
    taken_ = 0;
    lineFree_ = now_;
    std::fill(state_.begin(), state_.end(), std::uint64_t{});
    api_->power_on(state_.data(), nonvolatile_.data(), inMicroseconds(now_));
    collect(now_);
}

void NativeHost::powerOff(SimTime at) {
    advanceTo(at);
    supplied_ = false;
    transmitted_.clear();
    taken_ = 0;
    storeUntil(at);
    if (!writing_.empty()) stored_[writing_.front().at] = 0xFF;
    writing_.clear();
    nonvolatile_ = wanted_ = stored_;
}

/// What the firmware has changed goes into the EEPROM from now on.
void NativeHost::keep(SimTime now) {
    if (nonvolatile_ == wanted_) return;
    storeUntil(now);
    for (std::size_t i = 0; i < nonvolatile_.size(); ++i) {
        if (nonvolatile_[i] == wanted_[i]) continue;
        const SimTime begin = writing_.empty() ? now : writing_.back().done;
        writing_.push_back({i, nonvolatile_[i], begin + byteWriteTakes});
        ++writes_;
    }
    wanted_ = nonvolatile_;
    if (writing_.size() > mostWaiting) lose("it writes its non-volatile memory without end");
}

void NativeHost::storeUntil(SimTime now) {
    for (; !writing_.empty() && writing_.front().done <= now; writing_.pop_front()) {
        stored_[writing_.front().at] = writing_.front().byte;
    }
}

SimTime NativeHost::runUntilByte(SimTime limit) {
    while (now_ < limit) {
        const auto byte = nextByte();
        if (byte && *byte <= now_) break;
        const auto due = wake();
        SimTime next = limit;
        if (byte) next = std::min(next, *byte);
        if (due) next = std::min(next, *due);
        advanceTo(std::max(next, now_));
    }
    return now_;
}

void NativeHost::runUntil(SimTime until) {
    advanceTo(until);
}

void NativeHost::advanceTo(SimTime at) {
    JH_CHECK(at >= now_);
    std::optional<SimTime> last;
    for (auto due = wake(); due && *due <= at; due = wake()) {
        if (last && *due <= *last) {
            lose("it wants to be run again and again at one instant (wake_us)");
            break;
        }
        last = due;
        now_ = std::max(now_, *due);
        api_->run(state_.data(), inMicroseconds(now_));
        collect(now_);
    }
    now_ = at;
}

std::optional<SimTime> NativeHost::wake() const {
    if (!supplied_) return std::nullopt;
    const std::uint64_t wake_us = api_->wake_us(state_.data());
    if (wake_us == JH_FIRMWARE_NEVER) return std::nullopt;
    return std::chrono::microseconds{static_cast<std::int64_t>(wake_us)};
}

void NativeHost::collect(SimTime now) {
    keep(now);
    std::array<std::uint8_t, 64> bytes{};
    for (;;) {
        const std::size_t n = api_->uart_transmit(state_.data(), bytes.data(), bytes.size());
        for (std::size_t i = 0; i < n; ++i) {
            lineFree_ = std::max(now, lineFree_) + byteTime_;
            transmitted_.push_back({lineFree_, bytes[i]});
        }
        if (n < bytes.size()) return;
        if (transmitted_.size() - taken_ > mostWaiting) {
            lose("it sends without end (uart_transmit)");
            return;
        }
    }
}

/// What comes to nothing but itself is without supply from now on.
void NativeHost::lose(const char* why) {
    lost_ = why;
    supplied_ = false;
}

std::optional<TimedByte> NativeHost::takeTransmitted(SimTime by) {
    if (taken_ == transmitted_.size() || transmitted_[taken_].at > by) return std::nullopt;
    const TimedByte next = transmitted_[taken_++];
    if (taken_ == transmitted_.size()) {
        transmitted_.clear();
        taken_ = 0;
    }
    return next;
}

std::optional<SimTime> NativeHost::nextByte() const {
    if (taken_ == transmitted_.size()) return std::nullopt;
    return transmitted_[taken_].at;
}

std::optional<ExactMass> NativeHost::unrounded(MassUnit unit) const {
    // Whole ones first: a product of 200000 lb in millionths would not fit.
    constexpr std::int64_t million = 1'000'000;
    const std::int64_t millionths = api_->unrounded_mg(state_.data());
    const ExactMass one = ExactMass::one(unit);
    return millionths / million * one + one.times(millionths % million, million);
}

void NativeHost::hashInto(Hash& hash) {
    const std::size_t words = api_->comparable_bytes / 8;
    for (std::size_t i = 0; i < words; ++i) hash.add(state_[i]);
    // Bytes after the last whole word, whatever the firmware's layout.
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(state_.data());
    for (std::size_t i = words * 8; i < api_->comparable_bytes; ++i)
        hash.add(std::uint64_t{bytes[i]});
    for (const std::uint8_t b : nonvolatile_) hash.add(std::uint64_t{b});
    for (std::size_t i = taken_; i < transmitted_.size(); ++i) {
        hash.add(static_cast<std::uint64_t>(transmitted_[i].at.count()));
        hash.add(std::uint64_t{transmitted_[i].byte});
    }
    hash.add(static_cast<std::uint64_t>(lineFree_.count()));
    hash.add(static_cast<std::uint64_t>(now_.count()));
}

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/modbus/poller.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <ctime>

#include "sim/base/check.h"

namespace jh {
namespace {

using std::chrono::nanoseconds;
using std::chrono::steady_clock;

/// Ready descriptors of one step; epoll hands out the others first the next time.
constexpr std::size_t mostEvents = 256;

std::uint32_t eventsOf(Poller::Interest interest) {
    return (interest.readable ? EPOLLIN : 0U) | (interest.writable ? EPOLLOUT : 0U);
}

epoll_event eventFor(int descriptor, std::uint32_t generation, Poller::Interest interest) {
    epoll_event event{};
    event.events = eventsOf(interest);
    event.data.u64 = (std::uint64_t{generation} << 32) | static_cast<std::uint32_t>(descriptor);
    return event;
}

}  // namespace

Poller::Poller() : epoll_{epoll_create1(EPOLL_CLOEXEC)}, now_{steady_clock::now()} {
    JH_CHECK(epoll_ >= 0);
}

Poller::~Poller() {
    close(epoll_);
}

Expected<void, IoError> Poller::add(int descriptor, Interest interest, ReadyCallback ready) {
    JH_CHECK(descriptor >= 0);
    const auto place = static_cast<std::size_t>(descriptor);
    if (watches_.size() <= place) watches_.resize(place + 1);
    Watch& watch = watches_[place];
    JH_CHECK(!watch.active);
    ++watch.generation;
    epoll_event event = eventFor(descriptor, watch.generation, interest);
    if (epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event) != 0) {
        return Unexpected<IoError>{
            {IoError::Kind::refused, std::string{"cannot be watched: "} + std::strerror(errno)}};
    }
    watch.active = true;
    watch.ready = std::make_unique<ReadyCallback>(std::move(ready));
    return {};
}

void Poller::change(int descriptor, Interest interest) {
    const Watch& watch = watches_.at(static_cast<std::size_t>(descriptor));
    JH_CHECK(watch.active);
    epoll_event event = eventFor(descriptor, watch.generation, interest);
    JH_CHECK(epoll_ctl(epoll_, EPOLL_CTL_MOD, descriptor, &event) == 0);
}

void Poller::remove(int descriptor) {
    Watch& watch = watches_.at(static_cast<std::size_t>(descriptor));
    JH_CHECK(watch.active);
    watch.active = false;
    removed_.push_back(std::move(watch.ready));
    JH_CHECK(epoll_ctl(epoll_, EPOLL_CTL_DEL, descriptor, nullptr) == 0);
}

Poller::TimerId Poller::at(Time time, TimerCallback call) {
    const TimerId timer{time, ++timersMade_};
    timers_.emplace(timer, std::move(call));
    return timer;
}

void Poller::cancel(TimerId timer) {
    timers_.erase(timer);
}

void Poller::step(nanoseconds mostWait) {
    nanoseconds wait = std::max(mostWait, nanoseconds{0});
    if (!timers_.empty()) {
        const nanoseconds left = timers_.begin()->first.first - steady_clock::now();
        wait = std::clamp(left, nanoseconds{0}, wait);
    }
    constexpr auto second = nanoseconds{std::chrono::seconds{1}};
    const timespec limit{static_cast<std::time_t>(wait / second),
                         static_cast<long>((wait % second).count())};
    std::array<epoll_event, mostEvents> events{};
    // Not epoll_wait: a serial line's silences are shorter than its milliseconds.
    const int count = epoll_pwait2(epoll_, events.data(), mostEvents, &limit, nullptr);
    JH_CHECK(count >= 0 || errno == EINTR);
    now_ = steady_clock::now();
    // Timers that a callback adds wait for the next step, or two of them could go on for ever.
    const std::uint64_t last = timersMade_;
    for (int i = 0; i < count; ++i) {
        const epoll_event& event = events[static_cast<std::size_t>(i)];
        callReady(event.data.u64, event.events);
    }
    callDue(last);
    removed_.clear();
}

void Poller::callReady(std::uint64_t tag, std::uint32_t events) {
    const auto place = static_cast<std::size_t>(tag & 0xFFFF'FFFFU);
    const Watch& watch = watches_[place];
    // A callback before it in the same step may have removed it, and its number be in use again.
    if (!watch.active || watch.generation != tag >> 32) return;
    const ReadyCallback& ready = *watch.ready;  // stays where it is when watches_ grows
    ready(
        {(events & EPOLLIN) != 0, (events & EPOLLOUT) != 0, (events & (EPOLLHUP | EPOLLERR)) != 0});
}

void Poller::callDue(std::uint64_t last) {
    auto timer = timers_.begin();
    while (timer != timers_.end() && timer->first.first <= now_) {
        if (timer->first.second > last) {
            ++timer;
            continue;
        }
        const TimerId id = timer->first;
        const TimerCallback call = std::move(timer->second);
        timers_.erase(timer);
        call();
        timer = timers_.upper_bound(id);
    }
}

}  // namespace jh

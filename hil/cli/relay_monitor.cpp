// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/relay_monitor.h"

#include <fmt/format.h>

#include <algorithm>

#include "hil/cli/console.h"

namespace jh {

RelayMonitor::RelayMonitor(FrameReport& report, const HostAddress& server)
    : report_{report}, relay_{poller_, server} {
    relay_.onBytes = [this](auto connection, bool fromClient, auto bytes) {
        take(connection, fromClient, bytes);
    };
    relay_.onClosed = [this](auto connection, const std::string& why) {
        report_.closed(connection);
        talks_.erase(connection);
        if (!why.empty()) fmt::print(stderr, "#{}: {}\n", connection, why);
    };
}

Expected<std::uint16_t, IoError> RelayMonitor::listen(const HostAddress& at) {
    auto port = relay_.listen(at.host, at.port);
    port_ = port.value_or(0);
    return port;
}

void RelayMonitor::run(std::optional<int> count) {
    constexpr SimTime lookEvery = 100ms;
    while (!stopSignalled && (!count || report_.frames() < static_cast<std::uint64_t>(*count))) {
        poller_.step(lookEvery);
    }
}

void RelayMonitor::take(std::uint64_t connection, bool fromClient, Bytes bytes) {
    Talk& talk = talks_[connection];
    StreamReceiver& stream = fromClient ? talk.client : talk.server;
    bool& broken = fromClient ? talk.clientBroken : talk.serverBroken;
    while (!bytes.empty() && !broken) {
        const auto room = stream.room();
        const std::size_t some = std::min(room.size(), bytes.size());
        std::copy_n(bytes.begin(), some, room.begin());
        stream.received(some);
        while (const auto adu = stream.next()) report(connection, fromClient, talk, *adu);
        broken = stream.broken();
        if (!broken) bytes = bytes.subspan(some);
    }
    if (!bytes.empty()) report_.add(frameOf(connection, fromClient, bytes));
}

WatchedFrame RelayMonitor::frameOf(std::uint64_t connection, bool fromClient, Bytes adu) const {
    WatchedFrame frame;
    frame.kind = WatchedFrame::Kind::damaged;
    frame.begin = frame.end = steadyNow();
    frame.connection = connection;
    frame.port = port_;
    frame.fromClient = fromClient;
    frame.adu = adu;
    return frame;
}

void RelayMonitor::report(std::uint64_t connection, bool fromClient, Talk& talk, Bytes adu) {
    // A client that never gets its replies must not fill the memory.
    constexpr std::size_t mostOutstanding = 256;
    WatchedFrame frame = frameOf(connection, fromClient, adu);
    const int transaction = adu[0] << 8 | adu[1];
    frame.unit = adu[mbapHeaderBytes - 1];
    frame.pdu = adu.subspan(mbapHeaderBytes);
    frame.kind = fromClient ? WatchedFrame::Kind::request : WatchedFrame::Kind::reply;
    const auto asked = talk.asked.find(transaction);
    if (!fromClient && asked != talk.asked.end()) frame.asked = asked->second;
    report_.add(frame);
    if (fromClient) {
        if (talk.asked.size() >= mostOutstanding) talk.asked.clear();
        talk.asked[transaction].assign(frame.pdu.begin(), frame.pdu.end());
    } else if (asked != talk.asked.end()) {
        talk.asked.erase(asked);
    }
}

}  // namespace jh

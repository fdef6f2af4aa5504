// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <span>

#include "hil/modbus/pdu_server.h"
#include "hil/modbus/poller.h"
#include "hil/modbus/stream_receiver.h"
#include "hil/modbus/tcp_server.h"

namespace jh {

/// A port of a TcpServer.
struct TcpPort {
    int descriptor{-1};
    std::uint16_t number{};
    TcpPortConfig config;
    std::size_t open{};  ///< connections

    Station* stationFor(std::uint8_t unit) const;
};

class TcpConnection;

/// What all connections of a TcpServer share.
struct TcpService {
    Poller& poller;
    TcpServerOptions options;
    TcpMonitor monitor{};
    TcpLineFault fault{};
    TcpCounters counters{};
    PduServer mbap{AduFraming::mbap};
    PduServer rtu{AduFraming::rtu};
    /// Ends the life of the connection.
    std::function<void(TcpConnection&, CloseReason)> close{};
};

/// One client: its bytes in, a few requests a turn, its replies out. Owns the socket, which the
/// server has given to the Poller.
class TcpConnection {
public:
    TcpConnection(TcpService& service, TcpPort& port, int descriptor, Access access);
    ~TcpConnection();
    TcpConnection(const TcpConnection&) = delete;
    TcpConnection& operator=(const TcpConnection&) = delete;

    /// May end the life of the connection.
    void ready(Poller::Readiness readiness);
    /// Why its time is up, if it is.
    std::optional<CloseReason> overdue(Poller::Time now) const;

    int descriptor() const { return descriptor_; }
    TcpPort& port() const { return port_; }

private:
    // After one of them has returned false the connection is no more, or it waits.
    bool receive();
    bool serve(std::span<const std::uint8_t> request);
    bool serveDirectly(std::span<const std::uint8_t> request, std::uint8_t unit);
    bool send(std::span<const std::uint8_t> bytes);
    bool sendParts();

    void takeTurn();
    void resume();
    PduAnswer answer(std::span<const std::uint8_t> request, std::uint8_t unit);
    void count(const PduAnswer& answer);

    TcpService& service_;
    TcpPort& port_;
    int descriptor_;
    Access access_;
    std::uint64_t number_;
    StreamReceiver receiver_;
    Poller::Time lastBytes_;
    std::optional<Poller::Time> begun_;       // when the request that is not whole began
    std::optional<Poller::TimerId> turn_;     // the next turn, when requests are left over
    std::deque<TcpReplyPart> parts_;          // still to be sent
    std::optional<Poller::TimerId> sending_;  // of the next part
};

}  // namespace jh

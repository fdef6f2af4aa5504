// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "hil/modbus/poller.h"
#include "hil/modbus/station.h"
#include "hil/modbus/stream_receiver.h"
#include "hil/port/io_error.h"
#include "sim/base/expected.h"

namespace jh {

/// One TCP port and what answers there.
struct TcpPortConfig {
    std::string host{"127.0.0.1"};  ///< an address in figures; 0.0.0.0 for the whole network
    std::uint16_t port{};           ///< 0: any free one
    AduFraming framing{AduFraming::mbap};
    /// By unit id; not owned. A single one answers to units 0 and 255 too (messaging on TCP 1.0b,
    /// 4.4.1.2), framing mbap only. Another unit gets exception 0B with mbap, silence with rtu.
    std::map<std::uint8_t, Station*> stations{};
};

struct TcpServerOptions {
    /// Whether other hosts may write; otherwise they get exception 01. This machine always may.
    bool allowWrite{};
    std::size_t mostConnections{10'000};
    std::size_t mostConnectionsPerPort{2'000};
    std::chrono::nanoseconds requestTimeLimit{std::chrono::seconds{10}};  ///< for a whole request
    std::optional<std::chrono::nanoseconds> idleTimeLimit{};              ///< between bytes
    int requestsPerTurn{1};            ///< of one client, before the others have theirs
    int unreadReplyBytes{128 * 1024};  ///< replies a client leaves unread before it is closed
};

enum class CloseReason {
    peer,         ///< it closed, or its host vanished
    slowRequest,  ///< a request was begun and not ended in time
    framing,      ///< no Modbus TCP
    unreadReply,  ///< it did not read its replies
    idle,
    away,  ///< this end of the line was taken away
    count,
};

struct TcpCounters {
    std::uint64_t connections{};  ///< accepted, all that ever were
    std::uint64_t refused{};      ///< above a limit: closed at once
    std::array<std::uint64_t, static_cast<std::size_t>(CloseReason::count)> closed{};
    std::uint64_t requests{};
    std::uint64_t exceptions{};

    std::uint64_t closedFor(CloseReason reason) const {
        return closed[static_cast<std::size_t>(reason)];
    }
};

/// A request and what was answered, as whole ADUs; the spans live as long as the call.
struct TcpExchange {
    std::uint64_t connection{};  ///< the number of the connection, never given twice
    std::uint16_t port{};        ///< our side's
    AduFraming framing{};
    std::span<const std::uint8_t> request;
    std::span<const std::uint8_t> reply;  ///< empty: silence
};

/// A part of a reply, sent this long after the part before it or after the request.
struct TcpReplyPart {
    std::chrono::nanoseconds after{};
    std::vector<std::uint8_t> bytes;
};

/// Sees each exchange, before a LineFault touches the reply.
using TcpMonitor = std::function<void(const TcpExchange&)>;
/// Says what of a reply is sent, and when; nothing at all means it is lost. Until the last part is
/// sent the connection's next request waits, as before a device that does one thing at a time.
using TcpLineFault = std::function<std::vector<TcpReplyPart>(const TcpExchange&)>;

/// Modbus TCP and RTU over TCP for many ports in one thread, which is whosever calls the Poller's
/// step(). Whatever one client does, the others get their turn: no call blocks, each turn is short.
class TcpServer {
public:
    TcpServer(Poller& poller, const TcpServerOptions& options);
    ~TcpServer();
    TcpServer(const TcpServer&) = delete;
    TcpServer& operator=(const TcpServer&) = delete;

    /// The real port.
    [[nodiscard]] Expected<std::uint16_t, IoError> listen(const TcpPortConfig& config);
    /// Without them replies go straight to the sockets, which is faster. Neither may call back.
    void setMonitor(TcpMonitor monitor);
    void setLineFault(TcpLineFault fault);
    /// Taken away, it closes all connections and every new one at once, until it is back. Not to
    /// be called by a monitor, a fault or a station.
    void setReachable(bool reachable);

    const TcpCounters& counters() const;
    std::size_t openConnections() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace jh

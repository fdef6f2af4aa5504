// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <span>
#include <vector>

#include "hil/cli/frame_report.h"
#include "hil/modbus/stream_receiver.h"
#include "hil/modbus/tcp_relay.h"

namespace jh {

/// Watches connections of Modbus TCP that a relay passes on.
class RelayMonitor {
public:
    /// `report` must outlive this; `server` in figures.
    RelayMonitor(FrameReport& report, const HostAddress& server);
    /// The real port.
    [[nodiscard]] Expected<std::uint16_t, IoError> listen(const HostAddress& at);
    /// Until somebody stops the program or so many frames were seen.
    void run(std::optional<int> count);

private:
    using Bytes = std::span<const std::uint8_t>;
    struct Talk {
        StreamReceiver client{AduFraming::mbap}, server{AduFraming::mbap};
        bool clientBroken{}, serverBroken{};
        std::map<int, std::vector<std::uint8_t>> asked;  ///< PDU by transaction id
    };

    void take(std::uint64_t connection, bool fromClient, Bytes bytes);
    WatchedFrame frameOf(std::uint64_t connection, bool fromClient, Bytes adu) const;
    void report(std::uint64_t connection, bool fromClient, Talk& talk, Bytes adu);

    FrameReport& report_;
    Poller poller_;
    TcpRelay relay_;
    std::uint16_t port_{};
    std::map<std::uint64_t, Talk> talks_;
};

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hil/modbus/line_faults.h"
#include "hil/modbus/poller.h"
#include "hil/modbus/rtu_port.h"
#include "hil/modbus/tcp_server.h"

namespace jh {

/// Faults of the lines on which indicators are served. Each acts on those lines that can have it;
/// a `disconnect` of all stations closes the connections and makes the ports deaf for its span.
class LineFaultPlay {
public:
    /// All must outlive this object, and the ports must be open.
    LineFaultPlay(Poller& poller, TcpServer& tcp, std::vector<RtuPort*> ports,
                  std::vector<LineWire> wires, std::uint64_t seed);
    ~LineFaultPlay();
    LineFaultPlay(const LineFaultPlay&) = delete;
    LineFaultPlay& operator=(const LineFaultPlay&) = delete;

    /// These too, their times counted from now. Right ones only (parseLineFaults). What the others
    /// remember of earlier replies begins anew.
    void add(const std::vector<LineFault>& faults);
    void clear();
    /// Names of those that are there.
    std::string text() const;
    const std::vector<LineWire>& wires() const { return wires_; }

private:
    SimTime now() const;
    LineFaults made(LineWire wire, std::uint64_t line) const;
    void apply();
    std::vector<TcpReplyPart> onTcp(const TcpExchange& exchange);
    void watchConnection();

    Poller& poller_;
    TcpServer& tcp_;
    std::vector<RtuPort*> ports_;
    std::vector<LineWire> wires_;
    std::uint64_t seed_;
    SimTime begin_;
    std::vector<LineFault> faults_;
    std::map<std::uint16_t, LineFaults> byPort_;  ///< of TCP, made with the first request
    std::vector<LineFaults> ofPorts_;             ///< of the serial lines
    std::optional<LineFaults> whole_;             ///< knows when the line itself is away
    std::optional<Poller::TimerId> watch_;
    bool away_{};
};

}  // namespace jh

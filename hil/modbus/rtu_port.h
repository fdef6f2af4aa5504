// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hil/modbus/pdu_server.h"
#include "hil/modbus/poller.h"
#include "hil/modbus/rtu_receiver.h"
#include "hil/modbus/serial_port.h"

namespace jh {

/// What an RTU port has seen.
struct RtuPortCounters {
    std::uint64_t requests{}, exceptions{}, foreign{};
};

/// One frame on the line and what was answered to it.
struct RtuExchange {
    std::span<const std::uint8_t> request;  ///< of another station it may be its reply
    std::span<const std::uint8_t> reply;    ///< empty: silence
};

/// Bytes to send, and how long after the reply was due.
struct RtuReplyPart {
    SimTime after{};
    std::vector<std::uint8_t> bytes;
};

/// Simulated stations on a real serial line, in wall time, served from a poller. Nothing blocks: on
/// a pseudo terminal, which has no baud rate, the bytes of a reply leave one by one by timer.
class RtuPort {
public:
    /// `adapterLatency`: bytes may come so much later than on the wire (USB adapters hold them
    /// back).
    RtuPort(Poller& poller, SerialPort port, std::map<std::uint8_t, Station*> stations,
            SimTime adapterLatency = {});
    ~RtuPort();
    RtuPort(const RtuPort&) = delete;
    RtuPort& operator=(const RtuPort&) = delete;

    std::string name;  ///< for those who look: the device as the other side sees it
    /// Starts to listen.
    [[nodiscard]] Expected<void, IoError> start();
    /// In place of a reply, when set: faults of the line.
    std::function<std::vector<RtuReplyPart>(const RtuExchange&)> lineFault;
    /// Taken off the line: hears nothing and says nothing.
    bool deaf{};
    /// Sees every frame, when set.
    std::function<void(const RtuExchange&)> monitor;
    /// The device is gone; the port is deaf from then on. Says why.
    std::function<void(const IoError&)> onLost;
    /// How long a station waits before it answers, by unit id.
    std::map<std::uint8_t, SimTime> replyDelays;

    const RtuPortCounters& counters() const { return counters_; }
    const RtuCounters& lineCounters() const { return receiver_.counters(); }
    const SerialPort& port() const { return port_; }

private:
    void hear();
    void serve();
    void answer(const std::vector<std::uint8_t>& request);
    void send(SimTime at, std::vector<std::uint8_t> bytes);
    void sendNext();
    void lose(const IoError& why);

    struct Chunk {
        SimTime at;  ///< when its last bit has left
        std::vector<std::uint8_t> bytes;
    };

    Poller& poller_;
    SerialPort port_;
    std::map<std::uint8_t, Station*> stations_;
    RtuTiming timing_;
    RtuReceiver receiver_;
    PduServer server_{AduFraming::rtu};
    RtuPortCounters counters_;
    std::optional<Poller::TimerId> silence_, sending_;
    std::vector<Chunk> outgoing_;
    SimTime lineFree_{};
    bool listening_{};
};

}  // namespace jh

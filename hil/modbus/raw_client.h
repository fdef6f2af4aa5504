// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "hil/modbus/line_fault.h"
#include "hil/modbus/line_faults.h"
#include "hil/modbus/serial_line.h"
#include "hil/port/io_error.h"
#include "sim/base/expected.h"
#include "sim/base/sim_time.h"

namespace jh {

/// What came back to bytes that were sent.
struct RawAnswer {
    enum class Kind {
        reply,
        silence,
        closed,   ///< the other side ended the connection
        damaged,  ///< bytes that are no frame: wrong CRC, wrong protocol, impossible length
    };
    Kind kind{};
    int unit{};
    int transaction{};              ///< of the head on TCP
    std::vector<std::uint8_t> pdu;  ///< of a reply
    SimTime turnAround{};           ///< from the end of the request to the reply

    /// Code of an exception reply; 0 when it is none.
    int exception() const {
        return kind == Kind::reply && pdu.size() == 2 && pdu[0] >= 0x80U ? pdu[1] : 0;
    }
};

/// A client below libmodbus, which sends what one wants to see refused: requests that no client
/// would make, and frames that are none. In wall time; errors are those of the line itself.
class RawClient {
public:
    virtual ~RawClient() = default;
    virtual LineWire wire() const = 0;
    /// Whether the pauses between pieces are as exact as the standard's 1.5 characters.
    virtual bool keepsPauses() const { return false; }
    /// A request in its wrapping; on TCP each has a transaction number of its own.
    virtual std::vector<std::uint8_t> frame(int unit, std::span<const std::uint8_t> pdu) = 0;
    /// Sends the pieces, each after its pause, and awaits so many frames. The last answer says
    /// why there are fewer: silence, a closed connection, damage.
    [[nodiscard]] virtual Expected<std::vector<RawAnswer>, IoError> send(
        const std::vector<TimedPiece>& pieces, std::size_t answers) = 0;
};

/// A request in its wrapping for a serial line, and what the bytes of one reply mean.
std::vector<std::uint8_t> rtuFrame(int unit, std::span<const std::uint8_t> pdu);
RawAnswer rtuAnswer(std::span<const std::uint8_t> reply);

/// `host` is an address in figures. Connects at once, and anew after the other side has closed.
[[nodiscard]] Expected<std::unique_ptr<RawClient>, IoError> openRawTcp(const std::string& host,
                                                                       std::uint16_t port,
                                                                       SimTime replyTimeout);
[[nodiscard]] Expected<std::unique_ptr<RawClient>, IoError> openRawRtu(
    const SerialLineSettings& settings, SimTime replyTimeout);

}  // namespace jh

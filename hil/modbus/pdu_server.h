// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>

#include "hil/modbus/station.h"
#include "hil/modbus/stream_receiver.h"

namespace jh {

/// Whether the one who asks may change anything.
enum class Access { readWrite, readOnly };

/// A gateway's word for a unit behind it that does not answer (exception 0B).
inline constexpr ModbusException gatewayTargetSilent{0x0B};

/// What became of a request.
struct PduAnswer {
    bool answered{};                    ///< false: silence
    bool whole{true};                   ///< false: a socket did not take the reply, or took a part
    ModbusException exception{};        ///< what was answered, or would have been to a broadcast
    std::span<const std::uint8_t> adu;  ///< the reply; empty when it went to a socket
};

/// Answers whole requests for a station; libmodbus forms the replies. Order of the checks as in the
/// application protocol 1.1b3, 7, of a station that is there at all: function (01), quantity and
/// lengths (03), addresses (02), execution.
///
/// On a serial line (framing rtu) unit 0 is a broadcast: writes are carried out, nothing is
/// answered. A function code from 80 on, which is a reply, gets silence there. A station's
/// exceptions go up to 0B, the last that libmodbus can put into words.
class PduServer {
public:
    explicit PduServer(AduFraming framing);
    ~PduServer();
    PduServer(const PduServer&) = delete;
    PduServer& operator=(const PduServer&) = delete;

    /// The reply's bytes, valid until the next call. Of an RTU request the CRC has been checked.
    PduAnswer answer(std::span<const std::uint8_t> request, Station& station,
                     Access access = Access::readWrite);
    /// The same; the reply goes straight to a non-blocking TCP socket. Framing mbap only.
    PduAnswer answerTo(int socket, std::span<const std::uint8_t> request, Station& station,
                       Access access = Access::readWrite);
    /// An exception without a station, say of a gateway.
    PduAnswer refuse(std::span<const std::uint8_t> request, ModbusException exception);
    PduAnswer refuseTo(int socket, std::span<const std::uint8_t> request,
                       ModbusException exception);

private:
    struct Context;
    struct Request;
    struct Verdict;

    bool complete(std::span<const std::uint8_t> request) const;
    Request parse(std::span<const std::uint8_t> request) const;
    Verdict judge(const Request& request, Station& station, Access access);
    ModbusException read(const Request& request, Station& station);
    ModbusException write(const Request& request, Station& station);
    PduAnswer reply(int socket, const Request& request, const Verdict& verdict);
    PduAnswer readBack(PduAnswer answer);

    AduFraming framing_;
    std::unique_ptr<Context> context_;
    std::array<std::uint16_t, 2000> values_{};  // of one request: most coils of a read
    std::array<std::uint8_t, 2000> bits_{};     // the same as libmodbus wants coils
    std::array<std::uint8_t, mostMbapBytes> reply_{};
};

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace jh {

/// How a request and its reply are wrapped (application data unit).
enum class AduFraming {
    mbap,  ///< Modbus TCP: seven bytes before the function (messaging on TCP 1.0b, 3.1.3)
    rtu,   ///< as on a serial line: the station before the function, a CRC behind the data
};

/// Bytes of a request of Modbus TCP: header, and a PDU of at most 253.
inline constexpr std::size_t mbapHeaderBytes = 7;
inline constexpr std::size_t mostMbapBytes = 260;

/// Cuts a byte stream, in whatever lumps it comes, into requests. Knows no clock and no socket.
///
/// MBAP frames say how long they are; a wrong protocol id or an impossible length breaks the stream
/// for good. RTU over TCP has no silence between frames: the function dictates the length; bytes
/// with a bad CRC are dropped together with all that came with them, as silence would do it.
class StreamReceiver {
public:
    explicit StreamReceiver(AduFraming framing) : framing_{framing} {}

    /// Where the next bytes may be written; never empty after next() has returned none.
    std::span<std::uint8_t> room();
    /// So many bytes have been written to the front of room().
    void received(std::size_t byteCount);
    /// The next whole request, valid until room() is called; none until more has come.
    std::optional<std::span<const std::uint8_t>> next();

    /// The peer does not speak Modbus TCP: close the connection.
    bool broken() const { return broken_; }
    /// A request has begun and is not whole.
    bool partial() const { return begin_ != end_; }
    /// Bytes that came with a bad CRC, RTU only.
    std::uint64_t droppedBytes() const { return droppedBytes_; }

private:
    std::span<const std::uint8_t> unread() const;
    std::optional<std::span<const std::uint8_t>> take(std::size_t byteCount);
    std::optional<std::span<const std::uint8_t>> nextMbap();
    std::optional<std::span<const std::uint8_t>> nextRtu();

    AduFraming framing_;
    bool broken_{};
    std::size_t begin_{};
    std::size_t end_{};
    std::uint64_t droppedBytes_{};
    std::array<std::uint8_t, 2 * mostMbapBytes> bytes_{};
};

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <ostream>
#include <vector>

#include "hil/modbus/station.h"
#include "hil/modbus/stream_receiver.h"
#include "tests/support/rtu_frame.h"

namespace jh {

inline std::ostream& operator<<(std::ostream& os, ModbusException exception) {
    return os << "exception " << static_cast<int>(exception);
}

}  // namespace jh

namespace jh::test {

/// A PDU with the header of Modbus TCP before it.
inline Bytes mbap(int transaction, int unit, const Bytes& pdu) {
    const std::size_t length = pdu.size() + 1;
    Bytes adu{static_cast<std::uint8_t>(transaction >> 8),
              static_cast<std::uint8_t>(transaction & 0xFF),
              0,
              0,
              static_cast<std::uint8_t>(length >> 8),
              static_cast<std::uint8_t>(length & 0xFF),
              static_cast<std::uint8_t>(unit)};
    adu.insert(adu.end(), pdu.begin(), pdu.end());
    return adu;
}

/// A PDU as it goes over a serial line.
inline Bytes rtu(int unit, const Bytes& pdu) {
    Bytes body{static_cast<std::uint8_t>(unit)};
    body.insert(body.end(), pdu.begin(), pdu.end());
    return framed(body);
}

inline Bytes joined(const std::vector<Bytes>& parts) {
    Bytes all;
    for (const Bytes& part : parts) all.insert(all.end(), part.begin(), part.end());
    return all;
}

/// Everything a receiver makes of bytes that come in lumps.
inline std::vector<Bytes> received(StreamReceiver& receiver, const std::vector<Bytes>& lumps) {
    std::vector<Bytes> requests;
    for (const Bytes& lump : lumps) {
        for (std::size_t done = 0; done < lump.size() && !receiver.broken();) {
            const auto room = receiver.room();
            const std::size_t count = std::min(room.size(), lump.size() - done);
            std::copy_n(lump.begin() + static_cast<std::ptrdiff_t>(done), count, room.begin());
            receiver.received(count);
            done += count;
            while (const auto request = receiver.next()) {
                requests.emplace_back(request->begin(), request->end());
            }
        }
    }
    return requests;
}

}  // namespace jh::test

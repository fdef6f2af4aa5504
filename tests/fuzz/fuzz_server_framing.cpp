// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes, as a client of Modbus TCP or of RTU over TCP could send them, through the framing and
// into the server. The first byte says how: bit 0 the framing, bits 1 to 7 the size of the lumps.
// Of RTU a second run takes the bytes as pieces, a length before each, and gives each its CRC, at
// which chance alone would never arrive.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "hil/modbus/checksum.h"
#include "hil/modbus/pdu_server.h"
#include "hil/modbus/rtu_lengths.h"
#include "hil/modbus/stream_receiver.h"
#include "sim/base/check.h"
#include "tests/support/fake_station.h"

namespace {

using namespace jh;
using Bytes = std::vector<std::uint8_t>;

void checkReply(AduFraming framing, std::span<const std::uint8_t> request,
                const PduAnswer& answer) {
    if (!answer.answered) {
        JH_CHECK(answer.adu.empty());
        return;
    }
    const auto reply = answer.adu;
    if (framing == AduFraming::rtu) {
        JH_CHECK(isRtuFrame(reply));
        JH_CHECK(reply[0] == request[0] && reply[0] != 0);
        JH_CHECK((reply[1] & 0x7F) == request[1]);
        return;
    }
    JH_CHECK(reply.size() <= mostMbapBytes);
    JH_CHECK(std::equal(reply.begin(), reply.begin() + 4, request.begin()));
    JH_CHECK(reply[4] * 256U + reply[5] == reply.size() - 6);
    JH_CHECK(reply[6] == request[6]);
    JH_CHECK((reply[7] & 0x7F) == (request[7] & 0x7F));
    const bool refused = answer.exception != ModbusException::none;
    JH_CHECK(refused == ((reply[7] & 0x80) != 0));
    JH_CHECK(!refused || (reply.size() == 9 && reply[8] == static_cast<int>(answer.exception)));
}

/// All that came out: requests, replies, and whether the stream broke.
Bytes run(AduFraming framing, std::size_t lump, std::span<const std::uint8_t> bytes,
          Station& station) {
    static PduServer servers[] = {PduServer{AduFraming::mbap}, PduServer{AduFraming::rtu}};
    PduServer& server = servers[framing == AduFraming::mbap ? 0 : 1];
    StreamReceiver receiver{framing};
    Bytes trace;
    while (!bytes.empty() && !receiver.broken()) {
        const auto room = receiver.room();
        JH_CHECK(!room.empty());
        const std::size_t count = std::min({room.size(), lump, bytes.size()});
        std::copy_n(bytes.begin(), count, room.begin());
        bytes = bytes.subspan(count);
        receiver.received(count);
        while (const auto request = receiver.next()) {
            const PduAnswer answer = server.answer(*request, station);
            checkReply(framing, *request, answer);
            trace.insert(trace.end(), request->begin(), request->end());
            trace.insert(trace.end(), answer.adu.begin(), answer.adu.end());
        }
    }
    trace.push_back(receiver.broken() ? 1 : 0);
    return trace;
}

Bytes withCrc(std::span<const std::uint8_t> pieces) {
    Bytes all;
    while (!pieces.empty()) {
        const std::size_t length = std::min<std::size_t>(pieces[0], pieces.size() - 1);
        const auto body = pieces.subspan(1, length);
        const std::uint16_t crc = crc16(body);
        all.insert(all.end(), body.begin(), body.end());
        all.push_back(static_cast<std::uint8_t>(crc & 0xFF));
        all.push_back(static_cast<std::uint8_t>(crc >> 8));
        pieces = pieces.subspan(1 + length);
    }
    return all;
}

}  // namespace

// The name is libFuzzer's.  NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    static test::FakeStation station;
    station.addresses = 60000;
    station.unknown = {0x02};
    const auto framing = (data[0] & 1) != 0 ? AduFraming::rtu : AduFraming::mbap;
    const std::span bytes{data + 1, size - 1};
    const std::size_t lump = (data[0] >> 1) + 1U;
    const Bytes trace = run(framing, lump, bytes, station);
    if (framing == AduFraming::rtu) {
        run(framing, lump, withCrc(bytes), station);
    } else {
        // How the bytes were cut must not show. Reads may: the first run has written.
        run(framing, 1, bytes, station);
        JH_CHECK(run(framing, 512, bytes, station) == run(framing, 3, bytes, station));
    }
    return trace.empty() ? 1 : 0;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/virtual_raw_client.h"

namespace jh {

Expected<std::vector<RawAnswer>, IoError> VirtualRawClient::send(
    const std::vector<TimedPiece>& pieces, std::size_t answers) {
    while (bench_.firmware().takeTransmitted(bench_.now())) {
    }
    for (const TimedPiece& piece : pieces) {
        if (auto waited = bench_.waitUntil(bench_.now() + piece.delay); !waited) {
            return Unexpected<IoError>{waited.error()};
        }
        bench_.say(piece.bytes);
    }
    const SimTime asked = bench_.now();
    std::vector<RawAnswer> heard;
    for (std::size_t i = 0; i < answers; ++i) {
        const auto reply = bench_.hear(replyTimeout_);
        heard.push_back(rtuAnswer(reply));
        if (reply.empty()) break;
        heard.back().turnAround =
            bench_.now() - asked -
            bench_.firmware().byteTime() * static_cast<std::int64_t>(reply.size());
    }
    if (const auto lost = bench_.firmware().lost()) {
        return Unexpected<IoError>{{IoError::Kind::disconnected, *lost}};
    }
    return heard;
}

}  // namespace jh

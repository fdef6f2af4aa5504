// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/loop/faulty_line.h"

#include <algorithm>

namespace jh {

std::vector<std::uint8_t> FaultyLine::exchange(std::span<const std::uint8_t> request,
                                               SimTime timeout) {
    const SimTime begin = bench_.now();
    const std::vector<std::uint8_t> reply = inner_.exchange(request, timeout);
    const std::vector<TimedPiece> pieces = faults_.apply(request, reply, bench_.now());
    if (pieces.empty() || pieces.front().delay > timeout) {
        static_cast<void>(bench_.waitUntil(std::max(bench_.now(), begin + timeout)));
        return {};
    }
    std::vector<std::uint8_t> arrived;
    for (const TimedPiece& piece : pieces) {
        if (!arrived.empty() && piece.delay >= silence_) break;
        static_cast<void>(bench_.waitUntil(bench_.now() + piece.delay));
        arrived.insert(arrived.end(), piece.bytes.begin(), piece.bytes.end());
    }
    return arrived;
}

}  // namespace jh

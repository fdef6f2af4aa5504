// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes with any silences between them. The first byte says whether gaps spoil (bit 0) and the
// baud rate; then each pair is a silence, in quarter characters or none, and a byte.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "hil/modbus/rtu_lengths.h"
#include "hil/modbus/rtu_receiver.h"
#include "sim/base/check.h"

// The name is libFuzzer's.  NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace jh;
    if (size == 0) return 0;
    const GapRule rule = (data[0] & 1) != 0 ? GapRule::strict : GapRule::lenient;
    const RtuTiming timing =
        rtuTiming((data[0] & 2) != 0 ? 115200 : 9600, (data[0] & 4) != 0 ? 10 : 11);
    RtuReceiver receiver{timing, rule};
    SimTime now{};
    std::vector<std::uint8_t> fed;
    std::vector<std::uint8_t> framed;
    std::uint64_t frames = 0;
    const auto drain = [&] {
        while (const auto frame = receiver.poll(now)) {
            JH_CHECK(isRtuFrame(*frame));
            framed.insert(framed.end(), frame->begin(), frame->end());
            ++frames;
        }
    };
    for (std::size_t i = 1; i + 1 < size; i += 2) {
        // From 128 on: no silence, and every second one handed over at the same time.
        const int quarters = data[i] < 128 ? data[i] % 24 : 0;
        now += timing.character * quarters / 4;
        if (quarters != 0) drain();
        if (data[i] < 128 || data[i] % 2 == 0) now += timing.character;
        receiver.feed(now, data[i + 1]);
        fed.push_back(data[i + 1]);
        JH_CHECK(receiver.due().has_value());
    }
    now += timing.betweenFrames;
    drain();
    JH_CHECK(!receiver.due().has_value());
    JH_CHECK(receiver.counters().frames == frames);
    // What came out was fed, in this order.
    auto place = fed.begin();
    for (const std::uint8_t byte : framed) {
        place = std::find(place, fed.end(), byte);
        JH_CHECK(place != fed.end());
        ++place;
    }
    return 0;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <initializer_list>
#include <vector>

#include "firmware-bridge/reference/indicator_parameters.h"

namespace jh {

using Bytes = std::vector<std::uint8_t>;

/// Calculated bit by bit from the serial line guide, apart from the firmware's own.
Bytes withCrc(Bytes frame);

/// 100 t in steps of 20 kg, as it leaves the works.
jh_indicator_parameters truckScale();
/// 60 t by 20 kg, then 100 t by 50 kg.
jh_indicator_parameters multiIntervalTruckScale();
/// The same two, each a complete range.
jh_indicator_parameters multipleRangeTruckScale();

/// The reference firmware with a converter that gives one code per 20 g above a dead load, so that
/// every change-over point falls on a whole code.
class BenchIndicator {
public:
    static constexpr std::int32_t deadCode = 100'000;
    static constexpr std::int64_t gramsPerCode = 20;

    /// Works-fresh, unadjusted.
    explicit BenchIndicator(const jh_indicator_parameters& p);
    /// Adjusted at zero and 50 t, sealed, resting at zero.
    static BenchIndicator adjusted(const jh_indicator_parameters& p);

    void powerOn();
    void feed(std::int32_t code, int conversions = 1);
    /// Load on the receptor; the parameters' rate.
    void load_g(std::int64_t grams, double seconds_s);
    /// Long enough for filter and stability.
    void settle_g(std::int64_t grams) { load_g(grams, 3.0); }
    void pass(std::uint64_t us) { now_us += us; }

    /// Bytes back to back, then silence; what comes back.
    Bytes send(const Bytes& raw);
    /// The same at the given distance from end to end.
    Bytes send(const Bytes& raw, std::uint64_t spacing_us);
    /// Station and CRC are added.
    Bytes request(Bytes pdu);
    std::vector<int> read(int first, int count);
    int readOne(int address) { return read(address, 1)[0]; }
    std::int32_t readLong(int address);
    bool status(int bit) { return (readOne(0) >> bit & 1) != 0; }
    /// Parameter and command in one frame; the command state after it.
    int command(int command, std::int32_t parameter = 0);
    /// 0 or the exception.
    int write(int address, int value);

    std::int32_t gross() { return readLong(1); }
    std::int32_t net() { return readLong(3); }
    std::int64_t unrounded_mg() const { return api->unrounded_mg(state.data()); }

    const jh_firmware_api* api;
    jh_indicator_parameters parameters;
    Bytes nonvolatile;
    std::vector<std::uint64_t> state;
    std::uint64_t now_us{};
};

constexpr std::int32_t blank = INT32_MIN;

}  // namespace jh

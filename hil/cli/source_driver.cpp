// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/source_driver.h"

#include <algorithm>
#include <cmath>

#include "hil/indicator/simulated_source.h"

namespace jh {

Expected<std::unique_ptr<SourceDriver>, IoError> SourceDriver::open(const WirePlace& place,
                                                                    const SourceProfile& profile,
                                                                    const std::atomic<bool>& stop) {
    IndicatorProfile reached;  // as far as a wire goes
    reached.station = profile.station;
    reached.baud = profile.baud;
    reached.replyTimeout = profile.replyTimeout;
    auto wire = IndicatorWire::open(place, reached);
    if (!wire) return Unexpected<IoError>{wire.error()};
    return std::unique_ptr<SourceDriver>{new SourceDriver{std::move(*wire), profile, stop}};
}

SourceDriver::~SourceDriver() {
    driveSafe();
}

Expected<void, IoError> SourceDriver::write(std::int64_t steps) {
    safe_ = false;
    auto done = wire_->client().write(profile_.output.address, sourceWords(profile_, steps));
    if (done) return {};
    IoError error = wire_->explained(done.error());
    if (error.kind == IoError::Kind::timeout) error.text += "; " + wire_->advice();
    return Unexpected<IoError>{std::move(error)};
}

Expected<void, IoError> SourceDriver::set(std::int64_t steps, SimTime settle) {
    // One garbled reply may not cost an hour of reading an instrument.
    constexpr int tries = 3;
    auto done = write(steps);
    for (int i = 1; i < tries && !done && clock_.waitUntil(clock_.now()); ++i) done = write(steps);
    if (!done) return done;
    return clock_.waitUntil(clock_.now() + settle);
}

Expected<BridgeRatio, IoError> SourceDriver::readBack() {
    const auto words =
        wire_->client().read(SimulatedSource::terminalsAddress, 2, ModbusTable::inputRegisters);
    if (!words) {
        IoError error = wire_->explained(words.error());
        if (error.kind == IoError::Kind::exception) {
            error.text +=
                "; only a simulated source, of `jianheng serve --source`, can be read back";
        }
        return Unexpected<IoError>{std::move(error)};
    }
    const std::uint32_t bits = std::uint32_t{(*words)[0]} << 16 | (*words)[1];
    return static_cast<double>(static_cast<std::int32_t>(bits)) * SimulatedSource::terminalsStep;
}

Expected<std::optional<SimTime>, IoError> SourceDriver::measureSettling() {
    constexpr SimTime least = 200ms, most = 10s;
    constexpr double tenPpm = 1e-5;
    const SimTime window = std::clamp(4 * profile_.settling, least, most);
    const auto stepsOf = [this](BridgeRatio at) { return std::llround(at / profile_.step); };
    if (auto set = this->set(stepsOf(profile_.least), window); !set) {
        return Unexpected<IoError>{set.error()};
    }
    const SimTime begin = clock_.now();
    if (auto done = write(stepsOf(profile_.most)); !done) return Unexpected<IoError>{done.error()};
    std::vector<SettlingSample> samples;
    while (samples.empty() || samples.back().after < window) {
        const auto read = readBack();
        if (!read) return Unexpected<IoError>{read.error()};
        samples.push_back({clock_.now() - begin, *read});
        // As fast as the line goes; this only looks whether somebody wants an end.
        if (auto go = clock_.waitUntil(clock_.now()); !go) return Unexpected<IoError>{go.error()};
    }
    return settlingTime(samples,
                        std::max(profile_.step, (profile_.most - profile_.least) * tenPpm));
}

bool SourceDriver::driveSafe() {
    // Once more if need be: nothing may be left at the terminals.
    constexpr int tries = 3;
    for (int i = 0; i < tries && !safe_; ++i) {
        safe_ = write(sourceSteps(profile_, profile_.safe)).has_value();
    }
    return safe_;
}

}  // namespace jh

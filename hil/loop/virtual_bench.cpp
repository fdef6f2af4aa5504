// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/loop/virtual_bench.h"

#include <algorithm>
#include <utility>

#include "sim/base/check.h"

namespace jh {

namespace {

/// Digital cells leave the works matched no better than this; the box makes it good by their
/// address (estimate).
constexpr double rawGainSpread = 2.5e-3;

/// Adds the wall time of its life to a stage; does nothing when nobody measures.
class StageTimer {
public:
    explicit StageTimer(std::chrono::nanoseconds* sum) : sum_{sum} {
        if (sum_ != nullptr) start_ = std::chrono::steady_clock::now();
    }
    ~StageTimer() {
        if (sum_ != nullptr) *sum_ += std::chrono::steady_clock::now() - start_;
    }
    StageTimer(const StageTimer&) = delete;
    StageTimer& operator=(const StageTimer&) = delete;

private:
    std::chrono::nanoseconds* sum_;
    std::chrono::steady_clock::time_point start_;
};

}  // namespace

std::uint64_t SecondHash::combined() const {
    Hash hash;
    for (const std::uint64_t part : parts) hash.add(part);
    return hash.value();
}

VirtualBench::VirtualBench(Plant plant, const Ads1232Model& adc,
                           std::unique_ptr<FirmwareHost> firmware, Seeds seeds)
    : plant_{std::move(plant)},
      adc_{adc},
      adcNoise_{seeds.visit, "adc"},
      firmware_{std::move(firmware)},
      nextConversion_{adc.period()} {
    const PlantParts& parts = plant_.parts();
    if (parts.wiring.box != BoxKind::digital) return;
    digital_.emplace();
    digital_->fullScale = parts.cells.front().sensitivity;
    digital_->rate_Hz = adc.rate_Hz;
    for (const CellPlace& place : parts.places) {
        NoiseStream luck{seeds.scale, "raw gain of cell " + place.id};
        rawGain_.push_back(1.0 + luck.uniform(-rawGainSpread, rawGainSpread));
        digital_->coefficients.push_back(1.0 / rawGain_.back());
    }
    digitalState_ = startedCells(*digital_);
    rawOutputs_.resize(rawGain_.size());
    digitalNoise_.resize(rawGain_.size());
}

Expected<void, IoError> VirtualBench::waitUntil(SimTime t) {
    if (stopRequested != nullptr && *stopRequested) {
        return Unexpected<IoError>{{IoError::Kind::interrupted, "stopped by request"}};
    }
    if (const auto lost = firmware_->lost()) {
        return Unexpected<IoError>{{IoError::Kind::disconnected, *lost}};
    }
    if (pace) return pace(t);
    advanceTo(std::max(t, now_));
    return {};
}

std::optional<TruthValue> VirtualBench::truth() const {
    const ExactMass onDeck = ExactMass::nearest(plant_.massOnDeck());
    return TruthValue{onDeck, firmware_->unrounded(unit).value_or(onDeck)};
}

NativeHost& VirtualBench::nativeFirmware() {
    auto* native = dynamic_cast<NativeHost*>(firmware_.get());
    JH_CHECK(native != nullptr);
    return *native;
}

Expected<void, IoError> VirtualBench::switchSupply(bool on) {
    if (on && !supplied_) firmware_->powerOn(now_);
    if (!on && supplied_) {
        firmware_->powerOff(now_);
        converterOutput_.clear();
    }
    supplied_ = on;
    return {};
}

Expected<void, IoError> VirtualBench::keyRadio(bool on) {
    plant_.transmit(on);
    return {};
}

Expected<void, IoError> VirtualBench::trimCell(std::size_t cell, double change) {
    // A quarter turn of a screwdriver and the lid of the box.
    constexpr SimTime handling = 2min;
    plant_.trim(cell, change);
    return waitUntil(now_ + handling);
}

std::vector<std::uint8_t> VirtualBench::exchange(std::span<const std::uint8_t> request,
                                                 SimTime timeout) {
    // What came too late for the one before is no answer to this one.
    while (firmware_->takeTransmitted(now_)) {
    }
    say(request);
    return hear(timeout);
}

void VirtualBench::say(std::span<const std::uint8_t> bytes) {
    const SimTime byteTime = firmware_->byteTime();
    WireFrame sent{false,
                   now_,
                   now_ + byteTime * static_cast<std::int64_t>(bytes.size()),
                   {bytes.begin(), bytes.end()}};
    for (const std::uint8_t byte : bytes) {
        advanceTo(now_ + byteTime);
        firmware_->receive(now_, byte);
    }
    if (onFrame) onFrame(sent);
}

/// Bytes come back until the line has been silent for 3.5 characters, or nothing in time.
std::vector<std::uint8_t> VirtualBench::hear(SimTime timeout) {
    const SimTime byteTime = firmware_->byteTime();
    // 3.5 characters end a frame; rounded up, as the time of a byte is rounded down.
    const SimTime silence = (byteTime + 1ns) * 7 / 2 + 1ns;
    WireFrame reply{true, {}, now_, {}};
    const SimTime deadline = now_ + timeout;
    for (;;) {
        const SimTime limit = reply.bytes.empty() ? deadline : reply.end + silence;
        listenUntil(limit);
        while (const auto byte = firmware_->takeTransmitted(now_)) {
            if (reply.bytes.empty()) reply.start = byte->at - byteTime;
            reply.bytes.push_back(byte->byte);
            reply.end = byte->at;
        }
        if (now_ >= (reply.bytes.empty() ? deadline : reply.end + silence)) break;
    }
    if (onFrame && !reply.bytes.empty()) onFrame(reply);
    return std::move(reply.bytes);
}

/// Until the firmware has sent a byte, at most until `limit`.
void VirtualBench::listenUntil(SimTime limit) {
    bool sent = false;
    while (now_ < limit && !sent) {
        failSupplyBy(now_);
        SimTime next = std::clamp(nextConversion_, now_, limit);
        if (supplyFailsAt) next = std::min(next, *supplyFailsAt);
        if (const auto late = converterOutput_.next()) next = std::min(next, *late);
        now_ = firmware_->runUntilByte(next);
        sent = now_ < next;
        handOver(now_);
        if (nextConversion_ <= now_) convertOnce();
    }
}

void VirtualBench::advanceTo(SimTime t) {
    JH_CHECK(t >= now_);
    failSupplyBy(t);
    while (nextConversion_ <= t) convertOnce();
    handOver(t);
    firmware_->runUntil(t);
    now_ = t;
}

void VirtualBench::failSupplyBy(SimTime t) {
    if (!supplyFailsAt || *supplyFailsAt > t) return;
    const SimTime at = std::max(*std::exchange(supplyFailsAt, std::nullopt), now_);
    while (nextConversion_ <= at) convertOnce();
    handOver(at);
    firmware_->runUntil(at);
    now_ = at;
    if (supplied_) firmware_->powerOff(at);
    converterOutput_.clear();
    supplied_ = false;
}

/// One conversion of the ADC: everything that happened since the last one becomes one code.
void VirtualBench::convertOnce() {
    if (beforeConversion) beforeConversion(nextConversion_);
    BridgeRatio mean;
    {
        StageTimer timer{stageTimes == nullptr ? nullptr
                         : plant_.resting()    ? &stageTimes->resting
                                               : &stageTimes->moving};
        mean = signal ? *signal : plant_.convert(adc_.period());
    }
    if (onConversion) onConversion(nextConversion_, mean);
    {
        StageTimer timer{stageTimes == nullptr ? nullptr : &stageTimes->firmware};
        // The noise of the converter is drawn whether anyone looks or not.
        const std::int64_t converted = code(mean);
        converterOutput_.converted(
            nextConversion_, converted,
            converterFault ? converterFault : plant_.acting<ConverterFault>());
        handOver(nextConversion_);
        if (!supplied_) converterOutput_.clear();
    }
    if (nextConversion_ >= nextSecond_) hashSecond();
    nextConversion_ += adc_.period();
}

void VirtualBench::handOver(SimTime until) {
    while (const auto code = converterOutput_.take(until)) {
        firmware_->conversion(code->at, code->code);
    }
}

std::int64_t VirtualBench::code(BridgeRatio mean) {
    return digital_ ? codeOfDigitalCells() : convert(adc_, mean, adcNoise_.gaussian());
}

std::int32_t VirtualBench::codeOfDigitalCells() {
    digitalState_ = withFaults(digitalState_);
    for (std::size_t i = 0; i < rawGain_.size(); ++i) {
        rawOutputs_[i] = plant_.cellOutputs()[i] * rawGain_[i];
        digitalNoise_[i] = adcNoise_.gaussian();
    }
    const std::int32_t sum = convert(*digital_, digitalState_, rawOutputs_, digitalNoise_);
    if (onCells) onCells(nextConversion_);
    return sum;
}

/// Who answers under which address just now.
DigitalCellsState VirtualBench::withFaults(DigitalCellsState state) {
    const DigitalCellsState sound = startedCells(*digital_);
    state.address = sound.address;
    state.silent = sound.silent;
    const auto indexOf = [this](const std::string& id) {
        const std::vector<CellPlace>& places = plant_.parts().places;
        const auto found = std::find_if(places.begin(), places.end(),
                                        [&id](const CellPlace& place) { return place.id == id; });
        JH_CHECK(found != places.end());
        return static_cast<std::size_t>(found - places.begin());
    };
    if (const auto swapped = plant_.acting<AddressesSwappedFault>()) {
        std::swap(state.address[indexOf(swapped->cell)], state.address[indexOf(swapped->with)]);
    }
    if (const auto silent = plant_.acting<CellSilentFault>()) {
        state.silent[indexOf(silent->cell)] = true;
        digital_->dropOut = silent->lastHeld ? DropOut::lastValue : DropOut::zero;
    }
    return state;
}

void VirtualBench::hashSecond() {
    StageTimer timer{stageTimes == nullptr ? nullptr : &stageTimes->hashing};
    const PlantHashes plant = plant_.hashes();
    Hash noise, firmware;
    noise.add(plant.noise);
    adcNoise_.hashInto(noise);
    if (digital_) digitalState_.hashInto(noise);
    converterOutput_.hashInto(noise);
    firmware_->hashInto(firmware);
    secondHashes_.push_back(
        {{plant.deck, plant.cells, plant.loads, noise.value(), firmware.value()}});
    nextSecond_ += 1s;
    if (onSecond) onSecond(secondHashes_.back());
}

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/served_indicator.h"

#include <utility>

#include "firmware-bridge/reference/indicator_core.h"
#include "hil/cli/power_on.h"
#include "sim/base/check.h"

namespace jh {

namespace {

VirtualBench benchFor(const IndicatorProfile& profile, const ServedScale& on, std::uint64_t seed) {
    Ads1232Model adc;
    adc.rate_Hz = on.settings.conversionRate_Hz;
    return VirtualBench{Plant{on.scale, on.site, seed, on.faults}, adc,
                        powerOn(on.scale, on.settings, profile, on.faults), seed};
}

/// What has come lies at once, as far as anyone who asks every now and then can tell.
constexpr SimTime touchDown = 500ms;

}  // namespace

ServedIndicator::ServedIndicator(const IndicatorProfile& profile, const ServedScale& on,
                                 std::uint64_t seed, std::function<SimTime()> since)
    : FollowingStation{station_},
      on_{on},
      since_{std::move(since)},
      bench_{benchFor(profile, on, seed)},
      station_{profile, bench_.nativeFirmware(), [this] { return bench_.now(); }, on.scale.unit} {
    bench_.unit = on.scale.unit;
    if (on.eachCell) {
        divide(profile);
    } else if (bench_.box()) {
        registers_.emplace(bench_);
        station_.cell = [this](std::size_t index) { return registers_->at(index); };
    }
    adjust();
    begin_ = bench_.now();
    JH_CHECK(begin_ == ServedScale::adjusting);
    if (on.scene) beginScene();
}

/// Each cell is a station of its own.
void ServedIndicator::divide(const IndicatorProfile& profile) {
    JH_CHECK(bench_.box().has_value());
    const int count = static_cast<int>(bench_.box()->coefficients.size());
    for (int address = 1; address <= count; ++address) {
        cells_.push_back(std::make_unique<ServedCell>(profile, on_.scale.cellType, on_.settings,
                                                      bench_, address, [this] { catchUp(); }));
    }
    bench_.onCells = [this](SimTime at) {
        for (const auto& cell : cells_) cell->converted(at);
    };
}

void ServedIndicator::beginScene() {
    scene_.emplace(*on_.scene, bench_.plant());
    bench_.beforeConversion = [this](SimTime end) { scene_->moveUntil(end); };
}

void ServedIndicator::pass(SimTime time) {
    JH_CHECK(bench_.waitUntil(bench_.now() + time).has_value());
}

/// As it would have been at the works: with half of Max in the middle of each module, by the live
/// signal, before anyone asks. In gusts no scale comes to rest: then by what it shows at that
/// moment.
void ServedIndicator::adjust() {
    constexpr SimTime warmUp = 15s, settling = 15s;
    constexpr std::int64_t million = 1'000'000;
    const auto run = [this](jh_core_command command, std::int64_t mass_mg) {
        const auto now_us = static_cast<std::uint64_t>(bench_.now() / 1us);
        return jh_core_execute(bench_.nativeFirmware().state(), now_us, command, mass_mg);
    };
    const auto shown = [this] {
        jh_core_values v{};
        jh_core_read(bench_.nativeFirmware().state(),
                     static_cast<std::uint64_t>(bench_.now() / 1us), &v);
        return v;
    };
    pass(warmUp);
    run(JH_CORE_UNLOCK, 0);
    if (run(JH_CORE_ADJUST_ZERO, 0) == JH_CORE_NOT_STABLE) {
        jh_core_set_dead_load(bench_.nativeFirmware().state(), shown().code_q8);
    }
    const ExactMass one = ExactMass::one(on_.scale.unit);
    const std::int64_t half = on_.scale.max().dividedBy(2).wholeParts(one);
    const std::vector<Length>& modules = on_.scale.deck.moduleLengths;
    std::vector<Weight> weights;
    Length begin;
    for (const Length length : modules) {
        const double share = length.si() / on_.scale.deck.length().si();
        weights.push_back({begin + length / 2.0, Length{}, (half * one).mass() * share});
        begin = begin + length;
    }
    const std::vector<int> ids = bench_.plant().setDown(weights, bench_.now(), touchDown);
    pass(settling);
    if (run(JH_CORE_ADJUST_SPAN, half * million) == JH_CORE_NOT_STABLE) {
        const jh_core_values v = shown();
        jh_core_set_span(bench_.nativeFirmware().state(), half * million,
                         v.code_q8 - v.dead_load_q8);
    }
    run(JH_CORE_SEAL, 0);
    bench_.plant().lift(ids, bench_.now(), touchDown);
    pass(settling);
    // From here on it is a scale in use.
    bench_.plant().happened(FaultStart::after_adjustment);
    bench_.plant().happened(FaultStart::reading);
}

void ServedIndicator::catchUp() {
    const SimTime due = begin_ + since_();
    if (source_ != nullptr) bench_.signal = source_->output();
    if (due > bench_.now()) JH_CHECK(bench_.waitUntil(due).has_value());
}

void ServedIndicator::clear() {
    catchUp();
    // What is still coming down cannot be lifted: somebody was quicker than a crane.
    if (bench_.now() < landed_) pass(landed_ - bench_.now());
    if (!weights_.empty()) bench_.plant().lift(weights_, bench_.now(), touchDown);
    for (const std::size_t vehicle : vehicles_) bench_.plant().remove(vehicle);
    weights_.clear();
    vehicles_.clear();
}

void ServedIndicator::put(const ProbeInput& loads) {
    clear();
    std::vector<Weight> weights;
    for (const PointMass& load : loads.loads) weights.push_back({load.x, load.y, load.mass});
    if (!weights.empty()) weights_ = bench_.plant().setDown(weights, bench_.now(), touchDown);
    // The scale itself goes from one conversion to the next.
    constexpr SimTime conversions = 200ms;
    landed_ = bench_.now() + touchDown + conversions;
    for (const ProbeVehicle& standing : loads.vehicles) {
        vehicles_.push_back(bench_.plant().park(standing.vehicle, standing.at));
    }
}

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/ideal_scale.h"

namespace jh::test {

namespace {

constexpr SimTime readingTime = 250ms, handlingTime = 10s, commandTime = 50ms;

/// Up to and including this many e above Max a weight is shown (R 76-1 4.2.3).
constexpr int shownAboveMax_e = 9;

}  // namespace

void IdealScale::fail(const std::string& call, IoError::Kind kind, int times) {
    failures_[call] = {kind, times};
}

Expected<void, IoError> IdealScale::called(const std::string& name, SimTime takes) {
    ++calls[name];
    now_ += takes;
    const auto failure = failures_.find(name);
    if (failure == failures_.end() || failure->second.times-- <= 0) return {};
    return Unexpected<IoError>{{failure->second.kind, name + " was made to fail"}};
}

/// floor(value/d + 1/2) d, exact.
ExactMass IdealScale::rounded(ExactMass value) const {
    const std::int64_t d = intervalAt(value).inTenUg();
    const std::int64_t twice = 2 * value.inTenUg() + d, whole = 2 * d;
    const std::int64_t steps = twice / whole - (twice % whole < 0 ? 1 : 0);
    return ExactMass::tenUg(steps * d);
}

/// Up with the load, down without it and without a tare (R 76-1 4.10.2).
void IdealScale::chooseRange() {
    if (!model_.multipleRange) return;
    range_ = std::max(range_, model_.intervalAt(held_.abs()));
    constexpr int quarter = 4;
    const bool home = quarter * held_.abs() <= model_.firstInterval() && !tare_;
    if (!staysInRange || (home && returnsToLowest)) range_ = model_.intervalAt(held_.abs());
}

Expected<Reading, IoError> IdealScale::read() {
    // On its grid, as a driver reads.
    const SimTime next = (now_ / readingTime + 1) * readingTime;
    if (auto ok = called("read", next - now_); !ok) return Unexpected<IoError>{ok.error()};
    if (unrounded().abs() <= trackingSwallows) zeroPoint_ = response(deck);
    if ((unrounded() - held_).abs() > deadBand) held_ = unrounded();

    Reading r;
    r.at = now_;
    chooseRange();
    r.interval = model_.multipleRange ? intervalAt(held_) : model_.intervalAt(held_);
    r.weightStable = !neverStable && now_ - disturbed_ >= swingsFor;
    if (now_ - disturbed_ < swingsFor + readingTime) held_ += swing;
    r.fault = faulty;
    r.tare = tare_;
    const ExactMass margin =
        shownAboveMax != ExactMass{} ? shownAboveMax : shownAboveMax_e * model_.ranges.back().e;
    r.overload = overloaded || held_ > model_.max() + margin;
    const bool dark = !supplied_ || now_ - switchedOn_ < darkAfterStart;
    if (dark) r.weightStable = false;
    if (!r.overload && !dark) {
        r.gross = rounded(held_);
        r.net = rounded(held_ - tare_.value_or(ExactMass{}));
    }
    return r;
}

Expected<IndicatorIdentity, IoError> IdealScale::identify() {
    if (auto ok = called("identify", commandTime); !ok) return Unexpected<IoError>{ok.error()};
    if (says) return *says;
    IndicatorIdentity identity;
    identity.max = model_.max();
    identity.firstInterval = model_.firstInterval();
    return identity;
}

Expected<void, IoError> IdealScale::zero() {
    auto ok = called("zero", commandTime);
    if (ok && (response(deck) - startZero_).abs() > zeroKeyTakes) {
        return Unexpected<IoError>{{IoError::Kind::refused, "out of range"}};
    }
    if (ok) zeroPoint_ = response(deck) - zeroLeaves;
    if (ok) held_ = zeroLeaves;
    return ok;
}

Expected<void, IoError> IdealScale::tare() {
    auto ok = called("tare", commandTime);
    if (ok) tare_ = unrounded() - tareLeaves;
    return ok;
}

Expected<void, IoError> IdealScale::clearTare() {
    auto ok = called("clearTare", commandTime);
    if (ok) tare_.reset();
    return ok;
}

Expected<void, IoError> IdealScale::adjustZero() {
    return called("adjustZero", commandTime);
}
Expected<void, IoError> IdealScale::adjustSpan(ExactMass) {
    return called("adjustSpan", commandTime);
}
Expected<void, IoError> IdealScale::seal() {
    return called("seal", commandTime);
}

Expected<void, IoError> IdealScale::place(LoadKind kind, int count, ExactMass nominal,
                                          std::optional<std::size_t> support) {
    if (auto ok = called("place", handlingTime); !ok) return ok;
    const auto k = static_cast<std::size_t>(kind);
    if (kind == LoadKind::block) {
        if (deck.count[k] == 0 && count > 0) ++deck.blockLoadings;
        deck.support = count > 0 ? support : std::nullopt;
    }
    auto& pieces = pieces_[k];
    while (pieces.size() > static_cast<std::size_t>(count)) pieces.pop_back();
    while (pieces.size() < static_cast<std::size_t>(count)) {
        const std::size_t i = pieces.size();
        if (kind == LoadKind::material && i == material_.size()) {
            material_.push_back(nominal + materialError(static_cast<int>(i)));
        }
        pieces.push_back(kind == LoadKind::material ? material_[i] : nominal);
    }
    deck.count[k] = count;
    nominal_[k] = nominal;

    weigh();
    ExactMass nominalSum;
    for (std::size_t i = 0; i < loadKinds; ++i) {
        if (i != static_cast<std::size_t>(LoadKind::smallWeight)) {
            nominalSum += deck.count[i] * nominal_[i];
        }
    }
    moves.push_back({now_, kind, nominalSum, deck});
    return {};
}

void IdealScale::weigh() {
    deck.mass = deck.rolling ? rollingMass : ExactMass{};
    for (const auto& pieces : pieces_) {
        for (const ExactMass piece : pieces) deck.mass += piece;
    }
}

Expected<ExactMass, IoError> IdealScale::roll(RollingStop stop) {
    if (auto ok = called("roll", handlingTime); !ok) return Unexpected<IoError>{ok.error()};
    deck.rolling = stop;
    weigh();
    return rollingMass;
}

Expected<void, IoError> IdealScale::rollOff() {
    auto ok = called("rollOff", handlingTime);
    deck.rolling.reset();
    weigh();
    return ok;
}

Expected<void, IoError> IdealScale::disturb(ExactMass) {
    auto ok = called("disturb", commandTime);
    disturbed_ = now_;
    return ok;
}

Expected<void, IoError> IdealScale::switchSupply(bool on) {
    auto ok = called("switchSupply", commandTime);
    if (on && !supplied_) {
        switchedOn_ = now_;
        const ExactMass load = response(deck);
        zeroPoint_ = load.abs() <= startTakes ? load : ExactMass{};
        startZero_ = zeroPoint_;
        held_ = unrounded();
    }
    supplied_ = on;
    return ok;
}

Expected<void, IoError> IdealScale::keyRadio(bool on) {
    radio_ = on;
    return called("keyRadio", commandTime);
}

Expected<void, IoError> IdealScale::trimCell(std::size_t cell, double change) {
    trims[cell] += change;
    return called("trimCell", handlingTime);
}

Expected<void, IoError> IdealScale::insertCable(Resistance loop) {
    if (!laboratory) return Surroundings::insertCable(loop);
    cable = loop;
    return called("insertCable", handlingTime);
}

Expected<void, IoError> IdealScale::setTemperature(Temperature t) {
    if (!laboratory) return Surroundings::setTemperature(t);
    chamber = t;
    return called("setTemperature", handlingTime);
}

Expected<void, IoError> IdealScale::trimMaterial(ExactMass change) {
    if (auto ok = called("trim", handlingTime); !ok) return ok;
    auto& pieces = pieces_[static_cast<std::size_t>(LoadKind::material)];
    if (pieces.empty()) return Unexpected<IoError>{{IoError::Kind::refused, "no material"}};
    pieces.back() += change;
    material_[pieces.size() - 1] = pieces.back();
    deck.mass += change;
    return {};
}

Expected<void, IoError> IdealScale::waitUntil(SimTime t) {
    if (auto ok = called("wait", 0s); !ok) return ok;
    now_ = std::max(now_, t);
    return {};
}

}  // namespace jh::test

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "hil/port/clock.h"
#include "hil/port/indicator.h"
#include "hil/port/load_source.h"
#include "hil/port/surroundings.h"
#include "hil/port/truth.h"
#include "sim/model/scale_model.h"

namespace jh::test {

/// Everything that lies on the ideal scale.
struct OnDeck {
    ExactMass mass;  ///< true
    std::array<int, loadKinds> count{};
    std::optional<std::size_t> support;  ///< of the blocks
    std::optional<RollingStop> rolling;  ///< of the rolling load, where it stands
    int blockLoadings{};                 ///< how often blocks came onto a receptor without any
    int of(LoadKind kind) const { return count[static_cast<std::size_t>(kind)]; }
};

/// A scale that is nothing but arithmetic, behind all ports of a bench at once: it shows
/// floor(P/d + 1/2) d of whatever the response says, and misbehaves when told to. Whoever passes
/// or fails on it cannot have looked at cells, decks or firmware.
class IdealScale final : public Indicator,
                         public Adjustment,
                         public LoadSource,
                         public Clock,
                         public Surroundings,
                         public Truth {
public:
    /// The model may change until the first call, and must outlive this.
    explicit IdealScale(const ScaleModel& model) : model_{model} {}

    // How it weighs. Adjustment changes none of it: these are errors left after adjustment.
    std::function<ExactMass(const OnDeck&)> response = [](const OnDeck& d) { return d.mass; };
    ExactMass zeroLeaves;        ///< what setting zero leaves of the unrounded value
    ExactMass tareLeaves;        ///< what taring leaves of the unrounded net value
    ExactMass deadBand;          ///< the display holds until the value has gone further than this
    ExactMass trackingSwallows;  ///< a gross value up to this is taken for a wandering zero
    std::function<ExactMass(int)> materialError = [](int) { return ExactMass{}; };

    std::function<std::optional<Temperature>(SimTime)> thermometer = [](SimTime) {
        return std::optional{Temperature{20.0}};
    };
    ExactMass rollingMass{ExactMass::kg(15'000)};
    ExactMass zeroKeyTakes{ExactMass::kg(2000)};  ///< more is refused
    ExactMass startTakes{ExactMass::kg(10'000)};  ///< more is shown after switching on
    SimTime darkAfterStart{20s};
    SimTime swingsFor{3s};    ///< after a disturbance
    ExactMass swing;          ///< how far off the first stable indication is then
    ExactMass radioAdds;      ///< while the key is down
    ExactMass shownAboveMax;  ///< when not 0: instead of 9 e

    // How it misbehaves.
    bool neverStable{}, overloaded{}, faulty{};
    std::optional<IndicatorIdentity> says;  ///< of itself, instead of the truth
    /// The next `times` calls of this name fail: read, identify, zero, tare, clearTare, adjustZero,
    /// adjustSpan, seal, place, trim, wait.
    void fail(const std::string& call, IoError::Kind kind, int times = forever);
    void repair() { failures_.clear(); }
    static constexpr int forever = 1'000'000;

    bool staysInRange{true};     ///< with a load; false: as a multi-interval scale
    bool returnsToLowest{true};  ///< without one

    bool laboratory{true};  ///< has a climate chamber, and a cable to insert
    Resistance cable;       ///< inserted
    Temperature chamber{20.0};

    std::map<std::size_t, double> trims;  ///< sum of the changes to each cell

    // What it saw.
    struct Move {
        SimTime at;
        LoadKind kind;
        ExactMass nominal;  ///< on the receptor after the move, small weights not counted
        OnDeck deck;
    };
    std::vector<Move> moves;
    std::map<std::string, int> calls;
    OnDeck deck;

    // Indicator
    Expected<Reading, IoError> read() override;
    Expected<IndicatorIdentity, IoError> identify() override;
    Expected<void, IoError> zero() override;
    Expected<void, IoError> tare() override;
    Expected<void, IoError> clearTare() override;
    // Adjustment
    Expected<void, IoError> adjustZero() override;
    Expected<void, IoError> adjustSpan(ExactMass load) override;
    Expected<void, IoError> seal() override;
    // LoadSource
    Expected<void, IoError> place(LoadKind kind, int count, ExactMass nominal,
                                  std::optional<std::size_t> support) override;
    Expected<void, IoError> trimMaterial(ExactMass change) override;
    Expected<ExactMass, IoError> roll(RollingStop stop) override;
    Expected<void, IoError> rollOff() override;
    Expected<void, IoError> disturb(ExactMass by) override;
    // Surroundings
    std::optional<Temperature> temperature() const override { return thermometer(now_); }
    Expected<void, IoError> switchSupply(bool on) override;
    Expected<void, IoError> keyRadio(bool on) override;
    Expected<void, IoError> trimCell(std::size_t cell, double change) override;
    Expected<void, IoError> insertCable(Resistance loop) override;
    Expected<void, IoError> setTemperature(Temperature t) override;
    // Clock
    SimTime now() const override { return now_; }
    Expected<void, IoError> waitUntil(SimTime t) override;
    // Truth
    std::optional<TruthValue> truth() const override {
        return TruthValue{deck.mass, unrounded() - tare_.value_or(ExactMass{})};
    }

private:
    Expected<void, IoError> called(const std::string& name, SimTime takes);
    ExactMass unrounded() const {
        return response(deck) - zeroPoint_ + (radio_ ? radioAdds : ExactMass{});
    }
    void weigh();
    void chooseRange();
    ExactMass intervalAt(ExactMass value) const {
        return std::max(model_.intervalAt(value.abs()), range_);
    }
    ExactMass rounded(ExactMass value) const;

    struct Failure {
        IoError::Kind kind;
        int times;
    };
    const ScaleModel& model_;
    std::map<std::string, Failure> failures_;
    std::array<std::vector<ExactMass>, loadKinds> pieces_;  ///< true masses of what lies there
    std::array<ExactMass, loadKinds> nominal_;              ///< of one piece
    std::vector<ExactMass> material_;  ///< true masses, also of what was lifted
    ExactMass zeroPoint_, held_, startZero_;
    ExactMass range_;  ///< e of the range in use of a multiple range scale
    std::optional<ExactMass> tare_;
    SimTime now_{}, switchedOn_{-1h}, disturbed_{-1h};
    bool supplied_{true}, radio_{};
};

}  // namespace jh::test

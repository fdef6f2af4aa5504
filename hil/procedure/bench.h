// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>

#include "hil/port/clock.h"
#include "hil/port/indicator.h"
#include "hil/port/load_source.h"
#include "hil/port/surroundings.h"
#include "hil/port/truth.h"
#include "hil/procedure/load_plan.h"
#include "hil/procedure/record.h"
#include "hil/procedure/regulation.h"
#include "sim/model/scale_model.h"
#include "sim/model/weights_model.h"

namespace jh {

/// The bench cannot go on. Thrown only by Bench, caught only by the runner.
class BenchFault : public std::runtime_error {
public:
    explicit BenchFault(const IoError& error) : std::runtime_error{error.text}, error_{error} {}
    const IoError& error() const { return error_; }

private:
    IoError error_;
};

/// The scale shows something that ends the test at once: no weight value, no rest. Thrown by Bench
/// and caught by the runner, which fails the test with this text.
class ScaleFinding : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The test cannot be carried out, though scale and bench are all right: "not enough weights".
class TestNotPossible : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The devices of a bench. A procedure cannot find out which of them are simulated.
struct Ports {
    Indicator& indicator;
    Adjustment& adjustment;
    LoadSource& loads;
    Clock& clock;
    const Truth* truth{};          ///< only a simulator has one
    Surroundings* surroundings{};  ///< nothing: tests that need it cannot be carried out
    Indicator* secondDisplay{};    ///< remote display or printer, where one is fitted
};

/// The bench in the words of the trade. Every verb takes bench time and is one named step.
class Bench {
public:
    Bench(Ports ports, const ScaleModel& scale, const Regulation& regulation,
          const WeightsModel& weights, std::function<void(const WorkStep&)> onStep);

    /// Brings exactly these pieces onto the receptor: what is missing first, then off with the
    /// rest, so that the load never dips below the smaller of old and new; the other way round
    /// where that would be more than Max.
    void bring(const Pieces& wanted);
    /// Takes everything off, small weights too, and clears a tare that is set: teardown of a test.
    void clear();
    /// Standard weights for a load above `material` substitution loads.
    std::optional<Pieces> piecesFor(ExactMass load, int material) const {
        return jh::piecesFor(weights_, load, material);
    }
    /// Pieces that hold the zero load of the regulation (10 e).
    Pieces zeroLoadPieces() const;
    /// As piecesFor, with as little of the substitution material as possible; throws
    /// TestNotPossible when the pieces at hand cannot make up the load.
    Pieces fewestSubstitutions(ExactMass load, int materialAtHand) const;
    /// The heaviest load of standard weights alone, Max at most.
    Pieces allWeights() const;
    /// So many blocks shared between both supports of a section (a pair of supports).
    void bringToSection(std::size_t section, int blocks);
    /// Drives the rolling load to a stop of a receptor with nothing else on it.
    void roll(RollingStop stop);
    void rollOff();
    /// Someone presses on the receptor; it still swings when this returns.
    void disturb();
    /// Nominal mass of standard weights, substitution loads and rolling load on the receptor; no
    /// tare load.
    ExactMass nominalLoad() const { return nominalOf(present_) + rolling_; }

    /// Waits until the indication is stable. Throws ScaleFinding when it never is, or is blanked.
    Reading settledReading();
    /// What the indicator shows this moment, at rest or not.
    Reading reading();
    /// What a second display shows; nothing where none is fitted.
    std::optional<Reading> secondReading();
    /// Indication before rounding by small weights of 0.1 e (R 76-1 A.4.4.3). Fills
    /// kind-independent members of a Measurement; a missing change-over within 2 e becomes its
    /// finding, and P is then the indication itself. Gross, or net when a tare is active and `net`
    /// is asked for.
    Measurement changeOver(bool net = false);
    /// The zero error E0, with the zero load of the regulation on an otherwise empty receptor.
    Measurement zeroError(std::string detail = {});
    /// Change-over of what lies there now, corrected by the error of `zero`.
    Measurement measure(MeasurementKind kind, std::string detail, const Measurement& zero,
                        bool net = false);
    /// Small weights of 0.1 e at this load are used from now on.
    void prepareSmallWeights(ExactMass load) { smallNominal_ = smallWeightAt(load); }
    /// Exactly this many small weights lie on the receptor.
    void smallWeights(int count);
    void trimMaterial(ExactMass change);

    /// Waits for rest, then presses the key; throws ScaleFinding when it is refused again and
    /// again.
    void zero();
    void tare();
    void clearTare();
    /// Presses a key once, whatever the indication does; false when the indicator refuses.
    bool tryZero();
    bool tryTare();
    /// Thermometer, supply switch and radio; throws TestNotPossible when the bench has none.
    std::optional<Temperature> temperature();
    void switchSupply(bool on);
    void keyRadio(bool on);
    /// Turns the trim of one cell in the junction box.
    void trimCell(std::size_t cell, double change);
    /// A cable and a climate chamber, for an indicator alone; throw TestNotPossible without one.
    /// clear() takes the cable out and goes back to the first temperature of the regulation.
    void insertCable(Resistance loop);
    void setTemperature(Temperature t);
    IndicatorIdentity identify();
    void adjustZero();
    void adjustSpan(ExactMass load);
    void seal();
    /// Lets time pass for work that touches no port.
    void work(const std::string& name, SimTime duration);

    const ScaleModel& scale() const { return scale_; }
    const Regulation& regulation() const { return regulation_; }
    const WeightsModel& weights() const { return weights_; }
    std::optional<TruthValue> truthNow() const {
        return ports_.truth == nullptr ? std::nullopt : ports_.truth->truth();
    }
    SimTime now() const { return ports_.clock.now(); }
    void waitUntil(SimTime t);
    /// "20 kg"
    std::string text(ExactMass mass) const {
        return mass.text(scale_.unit) + " " + symbol(scale_.unit);
    }
    /// Nominal load of a rule; `Max - tare` is not known here.
    ExactMass nominal(const LoadRule& rule) const { return jh::nominalOf(rule, scale_, weights_); }
    /// e at this load: of a multiple range instrument that of the range in use, which is a higher
    /// one on the way down (R 76-1 4.10).
    ExactMass intervalAt(ExactMass load) const {
        return std::max(scale_.intervalAt(load), rangeInUse_);
    }
    /// Zero comes back within parts of e_1 of a multi-interval instrument, of a multiple range
    /// instrument within parts of the e of the range that was loaded (R 76-1 3.9.4.2).
    ExactMass zeroReturnInterval() const {
        return scale_.multipleRange ? scale_.ranges.back().e : scale_.firstInterval();
    }
    ExactMass smallWeightAt(ExactMass load) const {
        return regulation_.smallWeight * intervalAt(load);
    }
    ExactMass mpe(ExactMass load) const {
        return maxPermissibleError(regulation_, load, intervalAt(load));
    }
    /// Retries that were needed because a device did not answer.
    int retries() const { return retries_; }

private:
    template <class Call>
    auto ask(Call call);
    template <class Key>
    void press(const std::string& name, Key key);
    template <class Key>
    void adjust(const std::string& name, Key key);
    template <class Key>
    bool pressOnce(const std::string& name, Key key);
    Surroundings& surroundings() const;
    template <class Call>
    void askIfThere(Call call);
    template <class Body>
    void step(const std::string& name, Body body);
    void place(LoadKind kind, int count, ExactMass nominal, std::optional<std::size_t> support);
    ExactMass nominalOf(const Pieces& pieces) const;  ///< no tare load

    Ports ports_;
    const ScaleModel& scale_;
    const Regulation& regulation_;
    const WeightsModel& weights_;
    std::function<void(const WorkStep&)> onStep_;
    Pieces present_;
    ExactMass smallNominal_, rolling_;
    ExactMass rangeInUse_;  ///< its e as last shown, of a multiple range instrument; 0 when empty
    int smallPresent_{}, retries_{};
    bool stepping_{}, tared_{}, cableIn_{}, climate_{};
    std::string refusal_;  ///< of the last key
};

}  // namespace jh

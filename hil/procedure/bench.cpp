// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/procedure/bench.h"

#include <algorithm>
#include <utility>

#include "sim/base/check.h"

namespace jh {

namespace {

/// A scale that is not at rest after this long will not be.
constexpr SimTime restTimeout = 120s;
/// Bad or missing answers that are asked for again before the bench gives up.
constexpr int maxRetries = 2;

/// How often a person presses a key that is refused.
constexpr int keyAttempts = 3;

bool worthRetrying(IoError::Kind kind) {
    return kind == IoError::Kind::timeout || kind == IoError::Kind::protocol;
}

/// The device took the order for one that is not possible now: in its own words, or by Modbus
/// exception 03 or 04 where the family has no others.
bool isRefusal(const IoError& error) {
    constexpr int impossibleValue = 3, deviceFailure = 4;
    return error.kind == IoError::Kind::refused ||
           (error.kind == IoError::Kind::exception &&
            (error.exceptionCode == impossibleValue || error.exceptionCode == deviceFailure));
}

}  // namespace

Bench::Bench(Ports ports, const ScaleModel& scale, const Regulation& regulation,
             const WeightsModel& weights, std::function<void(const WorkStep&)> onStep)
    : ports_{ports},
      scale_{scale},
      regulation_{regulation},
      weights_{weights},
      onStep_{std::move(onStep)} {}

/// Asks a device, again where that may help, and turns its last refusal into a BenchFault.
template <class Call>
auto Bench::ask(Call call) {
    for (int attempt = 0;; ++attempt) {
        auto answer = call();
        if (answer) return answer;
        if (attempt == maxRetries || !worthRetrying(answer.error().kind)) {
            throw BenchFault{answer.error()};
        }
        ++retries_;
    }
}

/// Names the time that `body` takes. Steps inside a step belong to the outer one.
template <class Body>
void Bench::step(const std::string& name, Body body) {
    if (stepping_) {
        body();
        return;
    }
    stepping_ = true;
    const SimTime start = now();
    // A step that is cut short was still worked on.
    struct Close {
        Bench& bench;
        const std::string& name;
        SimTime start;
        ~Close() {
            bench.stepping_ = false;
            if (bench.onStep_ && bench.now() > start) bench.onStep_({name, start, bench.now()});
        }
    } close{*this, name, start};
    body();
}

void Bench::work(const std::string& name, SimTime duration) {
    step(name, [&] { ask([&] { return ports_.clock.waitUntil(now() + duration); }); });
}

void Bench::place(LoadKind kind, int count, ExactMass nominal, std::optional<std::size_t> support) {
    askIfThere([&] { return ports_.loads.place(kind, count, nominal, support); });
}

void Bench::bring(const Pieces& wanted) {
    JH_CHECK(present_.blocks == 0 || wanted.blocks == 0 || present_.support == wanted.support);
    const ExactMass tareNominal = nominal(regulation_.tareLoad);
    const auto move = [&](const char* name, LoadKind kind, int& present, int target,
                          ExactMass nominal, bool onto) {
        if (onto ? target <= present : target >= present) return;
        step(name, [&] { place(kind, target, nominal, wanted.support); });
        present = target;
    };
    // The other way round where both loads together are too much for the scale, or for the range
    // that neither of them leaves.
    const Pieces both{std::max(present_.blocks, wanted.blocks),
                      std::max(present_.handWeights, wanted.handWeights),
                      std::max(present_.material, wanted.material),
                      std::max(present_.tareLoads, wanted.tareLoads), std::nullopt};
    const auto total = [&](const Pieces& p) { return nominalOf(p) + p.tareLoads * tareNominal; };
    const ExactMass heavier = std::max(total(present_), total(wanted));
    ExactMass most = scale_.max();
    if (scale_.multipleRange && heavier <= scale_.ranges.front().max) {
        most = scale_.ranges.front().max;
    }
    const bool ontoFirst = total(both) <= most;
    bool moved = false;
    for (const bool onto : {ontoFirst, !ontoFirst}) {
        const Pieces before = present_;
        move("substitution material", LoadKind::material, present_.material, wanted.material,
             weights_.blocksTotal(), onto);
        move("tare load", LoadKind::tareLoad, present_.tareLoads, wanted.tareLoads, tareNominal,
             onto);
        move("weights", LoadKind::block, present_.blocks, wanted.blocks, weights_.block, onto);
        move("hand weights", LoadKind::handWeight, present_.handWeights, wanted.handWeights,
             weights_.handWeight, onto);
        moved = moved || before.blocks != present_.blocks || before.material != present_.material ||
                before.tareLoads != present_.tareLoads ||
                before.handWeights != present_.handWeights;
    }
    present_.support = wanted.support;
    if (nominalOf(present_) == ExactMass{}) rangeInUse_ = {};
    if (moved) work("settle", weights_.settle);
}

void Bench::clear() {
    if (smallPresent_ > 0) smallWeights(0);
    if (tared_) clearTare();
    if (rolling_ != ExactMass{}) rollOff();
    if (cableIn_) insertCable({});
    if (climate_) setTemperature(regulation_.climate.temperatures.front());
    bring({});
}

Pieces Bench::fewestSubstitutions(ExactMass load, int materialAtHand) const {
    for (int material = 0; material <= materialAtHand; ++material) {
        if (const auto pieces = piecesFor(load, material)) return *pieces;
    }
    throw TestNotPossible{"the weights at hand do not make up " + text(load)};
}

Pieces Bench::zeroLoadPieces() const {
    const auto pieces = piecesFor(regulation_.zeroLoad_e * scale_.firstInterval(), 0);
    JH_CHECK(pieces.has_value());
    return *pieces;
}

ExactMass Bench::nominalOf(const Pieces& pieces) const {
    return pieces.blocks * weights_.block + pieces.handWeights * weights_.handWeight +
           pieces.material * weights_.blocksTotal();
}

Pieces Bench::allWeights() const {
    const ExactMass most = std::min(weights_.blocksTotal(), scale_.max());
    return {static_cast<int>(most.wholeParts(weights_.block)), 0, 0, 0, std::nullopt};
}

void Bench::bringToSection(std::size_t section, int blocks) {
    bring({0, present_.handWeights, 0, 0, std::nullopt});
    const std::size_t left = 2 * section;
    step("weights", [&] {
        place(LoadKind::block, blocks / 2, weights_.block, left);
        place(LoadKind::block, blocks, weights_.block, left + 1);
    });
    present_.blocks = blocks;
    present_.support = left;
    work("settle", weights_.settle);
}

void Bench::roll(RollingStop stop) {
    step("rolling load", [&] { rolling_ = *ask([&] { return ports_.loads.roll(stop); }); });
    work("settle", weights_.settle);
}

void Bench::rollOff() {
    step("rolling load", [&] { ask([&] { return ports_.loads.rollOff(); }); });
    rolling_ = ExactMass{};
}

void Bench::disturb() {
    // As a person of about 50 kg leans on the deck; on a small scale less.
    constexpr int most_kg = 50, shareOfMax = 100;
    const ExactMass by = std::min(ExactMass::kg(most_kg), scale_.max().dividedBy(shareOfMax));
    step("disturb", [&] { askIfThere([&] { return ports_.loads.disturb(by); }); });
}

void Bench::waitUntil(SimTime t) {
    if (t > now()) work("wait", t - now());
}

Surroundings& Bench::surroundings() const {
    if (ports_.surroundings == nullptr) {
        throw TestNotPossible{"the bench has no hand on supply, thermometer or radio"};
    }
    return *ports_.surroundings;
}

std::optional<Temperature> Bench::temperature() {
    return surroundings().temperature();
}
void Bench::switchSupply(bool on) {
    step(on ? "switch on" : "switch off",
         [&] { ask([&] { return surroundings().switchSupply(on); }); });
}
void Bench::keyRadio(bool on) {
    step("radio", [&] { askIfThere([&] { return surroundings().keyRadio(on); }); });
}

void Bench::trimCell(std::size_t cell, double change) {
    step("trim corner", [&] { askIfThere([&] { return surroundings().trimCell(cell, change); }); });
}

/// What is refused because the bench has none is a test that cannot be carried out.
template <class Call>
void Bench::askIfThere(Call call) {
    ask([&]() -> Expected<void, IoError> {
        Expected<void, IoError> answer = call();
        if (!answer && answer.error().kind == IoError::Kind::refused) {
            throw TestNotPossible{answer.error().text};
        }
        return answer;
    });
}

void Bench::insertCable(Resistance loop) {
    step("insert cable", [&] { askIfThere([&] { return surroundings().insertCable(loop); }); });
    cableIn_ = loop > Resistance{};
}

void Bench::setTemperature(Temperature t) {
    const ClimateRule& rule = regulation_.climate;
    step("climate chamber", [&] {
        askIfThere([&] { return surroundings().setTemperature(t); });
        ask([&] { return ports_.clock.waitUntil(now() + rule.soak); });
    });
    climate_ = t != rule.temperatures.front();
}

void Bench::smallWeights(int count) {
    step("small weights",
         [&] { place(LoadKind::smallWeight, count, smallNominal_, std::nullopt); });
    smallPresent_ = count;
}

void Bench::trimMaterial(ExactMass change) {
    step("trim material", [&] { ask([&] { return ports_.loads.trimMaterial(change); }); });
}

/// At rest is what the indicator calls stable and what shows the same value twice: a tracking zero
/// moves the indication while the signal stands still.
Reading Bench::settledReading() {
    std::optional<Reading> before;
    step("read", [&] {
        const SimTime deadline = now() + restTimeout;
        for (;;) {
            const Reading reading = *ask([&] { return ports_.indicator.read(); });
            if (reading.fault) throw ScaleFinding{"the indicator reports a fault of its input"};
            const bool same =
                before && before->gross == reading.gross && before->net == reading.net;
            before = reading;
            if (reading.weightStable && same) break;
            if (now() >= deadline) throw ScaleFinding{"the indication does not come to rest"};
        }
    });
    if (!before->gross) {
        throw ScaleFinding{before->overload    ? "no weight value: overload"
                           : before->underload ? "no weight value: underload"
                                               : "no weight value is shown"};
    }
    if (scale_.multipleRange) rangeInUse_ = before->interval;
    return *before;
}

Measurement Bench::changeOver(bool net) {
    const auto shown = [net](const Reading& r) {
        if (!net) return *r.gross;
        if (!r.net) throw ScaleFinding{"no net value is shown"};
        return *r.net;
    };
    Measurement m;
    const Reading first = settledReading();
    m.truth = truthNow();
    m.at = first.at;
    m.indication = shown(first);
    m.load = nominalLoad();
    m.substitutions = present_.material;

    prepareSmallWeights(m.indication->abs());
    const ExactMass range = rangeInUse_, before = intervalAt(m.indication->abs());
    const std::int64_t most = (regulation_.changeOverWithin_e * before).wholeParts(smallNominal_);
    m.added = ExactMass{};
    m.value = m.indication;
    m.finding = "no change-over within " + std::to_string(regulation_.changeOverWithin_e) + " e";
    for (int count = 1; count <= most && !m.finding.empty(); ++count) {
        smallWeights(count);
        m.added = count * smallNominal_;
        const ExactMass after = shown(settledReading());
        if (after <= *m.indication) continue;
        // At the top of a partial range the next step is already that of the range above.
        m.value = *m.indication + intervalAt(after.abs()).dividedBy(2) - *m.added;
        m.finding.clear();
    }
    smallWeights(0);
    // The small weights may have led into the next range; what was measured was measured below.
    rangeInUse_ = range;
    m.error = *m.value - *m.load;
    return m;
}

Measurement Bench::zeroError(std::string detail) {
    bring(zeroLoadPieces());
    Measurement m = changeOver();
    m.kind = MeasurementKind::zeroError;
    m.detail = std::move(detail);
    return m;
}

Measurement Bench::measure(MeasurementKind kind, std::string detail, const Measurement& zero,
                           bool net) {
    Measurement m = changeOver(net);
    m.kind = kind;
    m.detail = std::move(detail);
    m.zeroError = zero.error;
    m.correctedError = *m.error - *zero.error;
    return m;
}

Reading Bench::reading() {
    Reading reading;
    step("read", [&] { reading = *ask([&] { return ports_.indicator.read(); }); });
    return reading;
}

std::optional<Reading> Bench::secondReading() {
    if (ports_.secondDisplay == nullptr) return std::nullopt;
    Reading reading;
    step("read", [&] { reading = *ask([&] { return ports_.secondDisplay->read(); }); });
    return reading;
}

/// A key that works only at rest: pressed when the indication is at rest, and again when it has
/// just moved. An indicator that goes on refusing is the scale's fault.
template <class Key>
void Bench::press(const std::string& name, Key key) {
    for (int attempt = 1;; ++attempt) {
        settledReading();
        if (pressOnce(name, key)) return;
        if (attempt == keyAttempts) throw ScaleFinding{"refused: " + refusal_};
    }
}

/// The same before there is a weight value to tell rest by: pressed, and again a while later.
template <class Key>
void Bench::adjust(const std::string& name, Key key) {
    for (int attempt = 1; !pressOnce(name, key); ++attempt) {
        if (attempt == keyAttempts) throw ScaleFinding{"refused: " + refusal_};
        work("settle", weights_.settle);
    }
}

/// One press; what an indicator refuses is an answer, not a fault of the bench.
template <class Key>
bool Bench::pressOnce(const std::string& name, Key key) {
    bool done = true;
    step(name, [&] {
        ask([&]() -> Expected<void, IoError> {
            Expected<void, IoError> answer = key();
            done = answer.has_value();
            if (done || !isRefusal(answer.error())) return answer;
            refusal_ = answer.error().text;
            return {};
        });
    });
    return done;
}

bool Bench::tryZero() {
    return pressOnce("zero", [&] { return ports_.indicator.zero(); });
}
bool Bench::tryTare() {
    const bool done = pressOnce("tare", [&] { return ports_.indicator.tare(); });
    tared_ = tared_ || done;
    return done;
}

void Bench::zero() {
    press("zero", [&] { return ports_.indicator.zero(); });
    rangeInUse_ = {};
}
void Bench::tare() {
    press("tare", [&] { return ports_.indicator.tare(); });
    tared_ = true;
}
void Bench::clearTare() {
    step("clear tare", [&] { ask([&] { return ports_.indicator.clearTare(); }); });
    tared_ = false;
}
IndicatorIdentity Bench::identify() {
    IndicatorIdentity identity;
    step("read identity", [&] { identity = *ask([&] { return ports_.indicator.identify(); }); });
    return identity;
}
void Bench::adjustZero() {
    adjust("adjust zero", [&] { return ports_.adjustment.adjustZero(); });
}
void Bench::adjustSpan(ExactMass load) {
    adjust("adjust span", [&] { return ports_.adjustment.adjustSpan(load); });
}
void Bench::seal() {
    step("seal", [&] { ask([&] { return ports_.adjustment.seal(); }); });
}

}  // namespace jh

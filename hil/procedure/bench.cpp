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

}  // namespace

ExactMass nominalOf(const LoadRule& rule, const ScaleModel& scale) {
    const auto shareOfMax = [&] { return rule.share * scale.max(); };
    switch (rule.kind) {
        case LoadRule::Kind::min:
            return scale.min();
        case LoadRule::Kind::max:
            return scale.max();
        case LoadRule::Kind::intervals:
            return rule.intervals * scale.firstInterval();
        case LoadRule::Kind::shareOfMax:
            return shareOfMax();
        case LoadRule::Kind::maxLessTare:
            break;
    }
    JH_CHECK(false && "a rule that needs the tare is worked out where the tare is known");
    return {};
}

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
    ask([&] { return ports_.loads.place(kind, count, nominal, support); });
}

void Bench::bring(const Pieces& wanted) {
    JH_CHECK(present_.blocks == 0 || wanted.blocks == 0 || present_.support == wanted.support);
    const ExactMass tareNominal = jh::nominalOf(regulation_.tareLoad, scale_);
    const auto move = [&](const char* name, LoadKind kind, int& present, int target,
                          ExactMass nominal, bool onto) {
        if (onto ? target <= present : target >= present) return;
        step(name, [&] { place(kind, target, nominal, wanted.support); });
        present = target;
    };
    // The other way round where both loads together are too much for the scale.
    const Pieces both{std::max(present_.blocks, wanted.blocks),
                      std::max(present_.handWeights, wanted.handWeights),
                      std::max(present_.material, wanted.material),
                      std::max(present_.tareLoads, wanted.tareLoads), std::nullopt};
    const bool ontoFirst = nominalOf(both) + both.tareLoads * tareNominal <= scale_.max();
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
    if (moved) work("settle", weights_.settle);
}

void Bench::clear() {
    if (smallPresent_ > 0) smallWeights(0);
    if (tared_) clearTare();
    bring({});
}

std::optional<Pieces> Bench::piecesFor(ExactMass load, int material) const {
    const ExactMass rest = load - material * weights_.blocksTotal();
    if (rest < ExactMass{}) return std::nullopt;
    const auto blocks = std::min<std::int64_t>(rest.wholeParts(weights_.block), weights_.blocks);
    const ExactMass byHand = rest - blocks * weights_.block;
    const std::int64_t hand = byHand.wholeParts(weights_.handWeight);
    if (hand > weights_.handWeights || hand * weights_.handWeight != byHand) return std::nullopt;
    return Pieces{static_cast<int>(blocks), static_cast<int>(hand), material, 0, std::nullopt};
}

Pieces Bench::fewestSubstitutions(ExactMass load, int materialAtHand) const {
    for (int material = 0; material <= materialAtHand; ++material) {
        if (const auto pieces = piecesFor(load, material)) return *pieces;
    }
    throw TestNotPossible{"the weights at hand do not make up " + load.kgText() + " kg"};
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

    prepareSmallWeights(m.indication->abs());
    const ExactMass before = scale_.intervalAt(m.indication->abs());
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
        m.value = *m.indication + scale_.intervalAt(after.abs()).dividedBy(2) - *m.added;
        m.finding.clear();
    }
    smallWeights(0);
    m.error = *m.value - *m.load;
    return m;
}

/// A key that works only at rest: pressed when the indication is at rest, and again when it has
/// just moved. An indicator that goes on refusing is the scale's fault.
template <class Key>
void Bench::press(const std::string& name, Key key) {
    for (int attempt = 1;; ++attempt) {
        settledReading();
        Expected<void, IoError> done;
        step(name, [&] {
            ask([&]() -> Expected<void, IoError> {
                done = key();
                const bool refused = !done && done.error().kind == IoError::Kind::refused;
                return refused ? Expected<void, IoError>{} : done;
            });
        });
        if (done) return;
        if (attempt == keyAttempts) throw ScaleFinding{"refused: " + done.error().text};
    }
}

void Bench::zero() {
    press("zero", [&] { return ports_.indicator.zero(); });
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
    step("adjust zero", [&] { ask([&] { return ports_.adjustment.adjustZero(); }); });
}
void Bench::adjustSpan(ExactMass load) {
    step("adjust span", [&] { ask([&] { return ports_.adjustment.adjustSpan(load); }); });
}
void Bench::seal() {
    step("seal", [&] { ask([&] { return ports_.adjustment.seal(); }); });
}

}  // namespace jh

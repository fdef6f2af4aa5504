// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/examine_firmware.h"

#include <fmt/format.h>

#include <array>

#include "hil/cli/scenario_bench.h"
#include "hil/cli/virtual_raw_client.h"
#include "hil/conform/conform_bench.h"
#include "sim/base/noise.h"

namespace jh {

namespace {

/// At the terminals without load and with Max; any scale's, as the indicator is adjusted to it.
constexpr BridgeRatio emptyRatio{2e-4}, maxRatio{8e-4};
constexpr SimTime settles = 8s;

/// What an indicator says of itself and shows, to be compared with the same later.
struct Known {
    IndicatorIdentity identity;
    std::optional<ExactMass> shown;
};

class Examination {
public:
    Examination(const Scenario& scenario, const ExamineOptions& options, VirtualBench& bench,
                ConformBench& report)
        : scale_{scenario.scale},
          options_{options},
          bench_{bench},
          report_{report},
          luck_{options.seed, "power fails"} {}

    void adjustment();
    void switchingOn();
    void zeroLamp();
    void zeroAccuracy();
    void negativeValues();
    void keysInMotion();
    void creepingLoads();
    void limits();
    void converter();
    void powerFails();
    bool adjusted() { return adjust(half(), emptyRatio, maxRatio); }
    void put(ExactMass load) { putRatio(ratioOf(load)); }

private:
    ExactMass d() const { return scale_.firstInterval(); }
    ExactMass half() const { return scale_.max().dividedBy(2); }
    BridgeRatio ratioOf(ExactMass load) const {
        return empty_ + (max_ - empty_) * (load.mass().si() / scale_.max().mass().si());
    }
    void putRatio(BridgeRatio ratio) { bench_.signal = ratio; }
    bool wait(SimTime time) {
        const auto waited = bench_.waitUntil(bench_.now() + time);
        if (!waited) report_.lose(waited.error());
        return waited.has_value();
    }
    void creep(ExactMass from, ExactMass to, std::int64_t perSecond_cd);
    bool adjust(ExactMass load, BridgeRatio empty, BridgeRatio max);
    bool supply(bool on);
    /// As its register holds it now; nothing when it is dark or does not answer.
    std::optional<ExactMass> shown() { return report_.indicator.glance().value_or(std::nullopt); }
    std::optional<Reading> reading();
    Known known();
    std::string text(std::optional<ExactMass> mass) const {
        return mass ? mass->text(scale_.unit, 3) + " " + symbol(scale_.unit) : "dark";
    }
    void judge(bool right, const std::string& tried, const std::string& expected,
               const std::string& source, const std::string& found) {
        report_.add(right ? ConformVerdict::ok : ConformVerdict::differs, tried, expected, source,
                    found);
    }
    /// What is there after a power fail.
    struct Fail {
        enum class Kind { old, saved, told, wrong } kind{};
        std::string text;
    };
    Fail failAfter(SimTime after);
    SimTime saveEnds();

    const ScaleModel& scale_;
    const ExamineOptions& options_;
    VirtualBench& bench_;
    ConformBench& report_;
    NoiseStream luck_;
    BridgeRatio empty_{emptyRatio}, max_{maxRatio};
};

std::optional<Reading> Examination::reading() {
    const auto read = report_.indicator.read();
    if (!read) return std::nullopt;
    return *read;
}

Known Examination::known() {
    Known k;
    if (const auto said = report_.indicator.identify()) k.identity = *said;
    k.shown = shown();
    return k;
}

bool Examination::supply(bool on) {
    const auto switched = bench_.switchSupply(on);
    if (!switched) report_.lose(switched.error());
    return switched.has_value();
}

/// Zero at `empty`, span with `load` of the Max that `max` stands for.
bool Examination::adjust(ExactMass load, BridgeRatio empty, BridgeRatio max) {
    empty_ = empty;
    max_ = max;
    put({});
    if (!wait(settles) || !report_.indicator.adjustZero()) return false;
    put(load);
    if (!wait(settles) || !report_.indicator.adjustSpan(load)) return false;
    static_cast<void>(report_.indicator.seal());
    return wait(settles);
}

/// A load that grows so slowly that the indicator takes it for rest.
void Examination::creep(ExactMass from, ExactMass to, std::int64_t perSecond_cd) {
    constexpr std::int64_t stepsPerSecond = 5;
    constexpr SimTime stepTime = SimTime{1s} / stepsPerSecond;
    const ExactMass step = (perSecond_cd * d()).dividedBy(100 * stepsPerSecond);
    for (ExactMass load = from; load < to && wait(stepTime); load += step) put(load);
    put(to);
    wait(2s);
}

void Examination::adjustment() {
    report_.section("Adjustment");
    const char* clause = "R 76-1 4.1.2.4";
    const Known before = known();
    if (!adjusted()) return judge(false, "adjusting zero and span", "done", clause, "refused");
    const Known after = known();
    judge(after.shown && (*after.shown - half()).abs() <= d(), "the load it was adjusted with",
          text(half()), "R 76-1 3.5.1", text(after.shown));
    const auto number = [](std::optional<std::uint32_t> n) {
        return n ? std::to_string(*n) : std::string{"none"};
    };
    if (before.identity.eventCounter && after.identity.eventCounter) {
        judge(*after.identity.eventCounter == *before.identity.eventCounter + 2,
              "the event counter after two adjustments", number(*before.identity.eventCounter + 2),
              clause, number(after.identity.eventCounter));
    }
    if (before.identity.parameterChecksum) {
        judge(after.identity.parameterChecksum != before.identity.parameterChecksum,
              "the parameter checksum after an adjustment",
              "other than " + number(before.identity.parameterChecksum), clause,
              number(after.identity.parameterChecksum));
    }
    if (!wait(2s) || !supply(false) || !wait(5s) || !supply(true) || !wait(settles)) return;
    const Known again = known();
    judge(again.identity.eventCounter == after.identity.eventCounter &&
              again.identity.parameterChecksum == after.identity.parameterChecksum,
          "counter and checksum after a pause of the supply", "as before", clause,
          number(again.identity.eventCounter) + ", " + number(again.identity.parameterChecksum));
    judge(again.shown == after.shown, "the load after a pause of the supply", text(after.shown),
          "R 76-1 5.2", text(again.shown));
}

/// Under a load that no initial zero may take: whatever is shown is the load.
void Examination::switchingOn() {
    report_.section("Switching on");
    constexpr std::int64_t percent = 30;
    const ExactMass load = (percent * scale_.max()).dividedBy(100);
    put(load);
    if (!wait(settles) || !supply(false) || !wait(5s) || !supply(true)) return;
    std::optional<ExactMass> worst;
    const SimTime end = bench_.now() + settles;
    while (bench_.now() < end && !report_.lost()) {
        const auto now = shown();
        if (now && (!worst || (*now - load).abs() > (*worst - load).abs())) worst = now;
    }
    judge(worst && (*worst - load).abs() <= d(), "switching on under 30 % of Max",
          "nothing but " + text(load), "R 76-1 4.5.1, 5.3", text(worst));
}

void Examination::zeroLamp() {
    report_.section("Zero");
    if (report_.profile.statusBits.count("zero_centre") == 0) {
        return report_.notTried("the zero lamp", "this family tells of none");
    }
    put({});
    if (!wait(settles) || !report_.indicator.zero()) return;
    for (const auto& [load_cd, lit] : {std::pair{0, true}, std::pair{100, false}}) {
        // Up at once, so that tracking does not swallow it.
        put((std::int64_t{load_cd} * d()).dividedBy(100));
        wait(1s);
        const auto now = reading();
        judge(now && now->centerOfZero == lit, fmt::format("the zero lamp at {} d", load_cd / 100),
              lit ? "lit" : "dark", "R 76-1 4.5.5", now && now->centerOfZero ? "lit" : "dark");
    }
    put({});
    wait(settles);
}

/// Zero is set away from where it was; ten intervals above it, where no tracking has any business,
/// the change-over point tells how well (R 76-1 A.4.2.3).
void Examination::zeroAccuracy() {
    constexpr std::int64_t off_cd = 140, far_d = 10, fine_cd = 5;
    const auto centi = [&](std::int64_t hundredths) { return (hundredths * d()).dividedBy(100); };
    const ExactMass zeroed = centi(off_cd);
    put(zeroed);
    if (!wait(settles) || !report_.indicator.zero()) return;
    const ExactMass base = zeroed + far_d * d();
    std::int64_t added = -100;
    put(base + centi(added));
    wait(settles);
    const auto before = shown();
    for (auto now = before; now == before && added < 100; now = shown()) {
        added += fine_cd;
        put(base + centi(added));
        if (!wait(3s)) return;
    }
    // In the middle of two steps it changed; it should have done so half an interval below or
    // above.
    const std::int64_t nominal = before && *before >= far_d * d() ? 50 : -50;
    const std::int64_t error = nominal - added + fine_cd / 2;
    judge(before && error <= 25 && error >= -25, "zero set with 1.4 d on it", "right within 0.25 d",
          "R 76-1 4.5.2, A.4.2.3", fmt::format("{:.2f} d", static_cast<double>(error) / 100.0));
    put({});
    wait(settles);
    static_cast<void>(report_.indicator.zero());
}

void Examination::negativeValues() {
    report_.section("Negative values");
    for (const auto& [load_cd, wanted_d] : {std::pair{-80, -1}, std::pair{-300, -3}}) {
        put({});
        if (!wait(settles) || !report_.indicator.zero()) return;
        put((std::int64_t{load_cd} * d()).dividedBy(100));
        wait(settles);
        const auto now = shown();
        judge(now == wanted_d * d(), fmt::format("{:.1f} d", load_cd / 100.0), text(wanted_d * d()),
              "R 76-1 4.2.2, A.4.4.3", text(now));
    }
    put({});
    wait(settles);
}

/// While the load grows by five intervals a second, within the range of zero setting.
void Examination::keysInMotion() {
    report_.section("Keys in motion");
    constexpr std::int64_t intervalsPerSecond = 5;
    const auto pressed = [&](const char* key, ExactMass from, auto press) {
        put(from);
        if (!wait(settles)) return;
        const SimTime begin = bench_.now();
        bench_.beforeConversion = [&, begin](SimTime at) {
            const std::int64_t ms = (at - begin) / 1ms;
            put(from + (intervalsPerSecond * ms * d()).dividedBy(1000));
        };
        const auto done = press();
        bench_.beforeConversion = {};
        judge(!done, fmt::format("{} while the load moves", key), "refused", "R 76-1 4.4.2",
              done ? "taken" : done.error().text);
    };
    static_cast<void>(report_.indicator.zero());
    pressed("zero", {}, [&] { return report_.indicator.zero(); });
    pressed("tare", scale_.max().dividedBy(10), [&] { return report_.indicator.tare(); });
    static_cast<void>(report_.indicator.clearTare());
    put({});
    wait(settles);
    static_cast<void>(report_.indicator.zero());
}

void Examination::creepingLoads() {
    report_.section("Creeping loads");
    constexpr std::int64_t slowly = 20;  // 0.2 d a second: zero tracking may follow
    put({});
    if (!wait(settles) || !report_.indicator.zero()) return;
    const ExactMass onePercent = scale_.max().dividedBy(100);
    creep({}, 3 * onePercent, slowly);
    const auto beyond = shown();
    judge(beyond && *beyond >= onePercent - 2 * d(), "3 % of Max, laid on within minutes",
          "at least " + text(onePercent - 2 * d()), "R 76-1 4.5.1", text(beyond));
    put({});
    if (!wait(settles) || !report_.indicator.zero()) return;
    put(10 * onePercent);
    if (!wait(settles) || !report_.indicator.tare()) return;
    constexpr int few = 6;
    creep(10 * onePercent, 10 * onePercent + few * d(), slowly);
    const auto net = reading();
    judge(net && net->net && *net->net >= (few - 1) * d(), "six intervals creep on with a tare",
          text(few * d()), "R 76-1 4.5.7", text(net ? net->net : std::nullopt));
    static_cast<void>(report_.indicator.clearTare());
    put({});
    wait(settles);
}

void Examination::limits() {
    report_.section("Limits of indication");
    const auto dark = [&](const char* tried, ExactMass load, const char* bit, const char* clause) {
        put(load);
        wait(settles);
        const auto now = reading();
        const bool told =
            now && (std::string_view{bit} == "overload" ? now->overload : now->underload);
        const bool right = !now || !now->gross || told;
        judge(right, tried, fmt::format("dark, or {} told", bit), clause,
              text(now ? now->gross : std::nullopt));
    };
    dark("Max and 12 d", scale_.max() + 12 * d(), "overload", "R 76-1 4.2.3");
    if (report_.profile.statusBits.count("underload") != 0) {
        dark("5 % of Max below zero", -5 * scale_.max().dividedBy(100), "underload",
             "status_bits.underload");
    }
    put({});
    wait(settles);
}

void Examination::converter() {
    report_.section("Converter");
    const char* clause = "R 76-1 4.4.1, 5.2";
    put(half());
    wait(settles);
    bench_.converterFault = ConverterFault{ConverterState::missing, {}};
    wait(2s);
    const auto silent = reading();
    judge(!silent || !silent->gross || silent->fault, "no conversion for 2 s", "dark or a fault",
          clause, text(silent ? silent->gross : std::nullopt));
    bench_.converterFault.reset();
    wait(settles);
    const auto again = shown();
    judge(again && (*again - half()).abs() <= d(), "after it has come back", text(half()), clause,
          text(again));
    // Max close to the end of the converter, so that a full one is no overload yet.
    constexpr BridgeRatio nearEnd{3.9025e-3}, beyond{5e-3};
    if (!adjust(half(), BridgeRatio{}, nearEnd)) {
        return report_.notTried("a saturated converter", "it does not take such a span");
    }
    putRatio(beyond);
    wait(settles);
    const auto full = reading();
    judge(!full || !full->gross || full->fault, "a saturated converter", "dark or a fault", clause,
          text(full ? full->gross : std::nullopt));
    adjusted();
}

/// One save of an adjustment with the supply gone so long after its command has begun. Three spans
/// are adjusted in turn: what a memory of two copies overwrites is then neither the old one nor the
/// new one.
Examination::Fail Examination::failAfter(SimTime after) {
    const std::array loads{half(), half() - 20 * d(), half() - 40 * d()};
    put(half());
    wait(settles);
    Known before = known();
    if (!before.shown) {
        adjusted();
        before = known();
    }
    std::size_t next = 0;
    for (std::size_t i = 0; i < loads.size(); ++i) {
        if (before.shown && (*before.shown - loads[i]).abs() <= d()) next = (i + 1) % loads.size();
    }
    const ExactMass other = loads[next];
    const SimTime begin = nextOn(commandGrid, bench_.now());
    bench_.supplyFailsAt = begin + after;
    static_cast<void>(report_.indicator.adjustSpan(other));
    wait(5s);
    supply(false);  // where it did not come to that
    bench_.supplyFailsAt.reset();
    wait(1s);
    supply(true);
    wait(settles);
    const Known now = known();
    const auto counter = now.identity.eventCounter, was = before.identity.eventCounter;
    const bool counts = !was || counter == *was || counter == *was + 1;
    if (!now.shown) return {Fail::Kind::told, "says that it is not adjusted"};
    if (now.identity.parameterChecksum == before.identity.parameterChecksum &&
        now.shown == before.shown && counts) {
        return {Fail::Kind::old, "the old adjustment"};
    }
    if ((!was || counter == *was + 1) && (*now.shown - other).abs() <= d()) {
        return {Fail::Kind::saved, "the new adjustment"};
    }
    return {
        Fail::Kind::wrong,
        fmt::format("neither: {} in place of {} or {}, event counter {} after {}", text(now.shown),
                    text(before.shown), text(other), counter.value_or(0), was.value_or(0))};
}

/// The last moment after the command at which a failing supply leaves the old adjustment, found by
/// halving: the save ends there.
SimTime Examination::saveEnds() {
    constexpr int halvings = 11;
    SimTime old{}, saved{2s};
    for (int i = 0; i < halvings && !report_.lost(); ++i) {
        const SimTime middle = (old + saved) / 2;
        const Fail fail = failAfter(middle);
        (fail.kind == Fail::Kind::old ? old : saved) = middle;
    }
    return old;
}

void Examination::powerFails() {
    report_.section("Power fails");
    std::map<std::string, int> outcomes;
    std::string wrong;
    if (!adjusted()) return report_.notTried("power fails", "it cannot be adjusted");
    const SimTime end = saveEnds();
    for (int i = 0; i < options_.powerFails && !report_.lost(); ++i) {
        if (options_.onProgress) {
            options_.onProgress(fmt::format("power fail {} / {}", i + 1, options_.powerFails));
        }
        constexpr double before_ms = -150.0, after_ms = 20.0;
        const double ms = luck_.uniform(before_ms, after_ms);
        const SimTime after =
            std::max(SimTime{}, end + SimTime{static_cast<std::int64_t>(ms * 1e6)});
        const Fail fail = failAfter(after);
        ++outcomes[fail.text];
        if (fail.kind == Fail::Kind::wrong && wrong.empty()) {
            wrong = fmt::format("{:.1f} ms after the command: {}", seconds(after) * 1e3, fail.text);
        }
    }
    std::string text;
    for (const auto& [what, n] : outcomes) {
        text += fmt::format("{}{} x {}", text.empty() ? "" : ", ", n, what);
    }
    judge(wrong.empty(),
          fmt::format("{} power fails around the save of an adjustment", options_.powerFails),
          "the old adjustment or the new one, or it says so", "R 76-1 4.1.2.4, 5.2",
          wrong.empty() ? text : wrong + " (" + text + ")");
}

}  // namespace

ConformReport examineFirmware(const Scenario& scenario, const ExamineOptions& options) {
    auto made = setUpBench(scenario);
    if (!made) {
        ConformReport none;
        none.lost = made.error().text;
        return none;
    }
    VirtualBench& bench = *(*made)->bench;
    VirtualRawClient client{bench, scenario.indicator.replyTimeout};
    ConformOptions how;
    how.unit = scenario.indicator.station;
    how.write = true;
    ConformBench report{scenario.indicator, client, bench, scenario.scale, how};
    Examination examination{scenario, options, bench, report};
    const auto doing = [&](const char* what) {
        if (options.onProgress) options.onProgress(what);
    };
    examination.put({});
    using Part = void (Examination::*)();
    for (const auto& [what, part] :
         {std::pair<const char*, Part>{"adjustment", &Examination::adjustment},
          {"switching on", &Examination::switchingOn},
          {"zero", &Examination::zeroLamp},
          {"accuracy of zero", &Examination::zeroAccuracy},
          {"negative values", &Examination::negativeValues},
          {"keys in motion", &Examination::keysInMotion},
          {"creeping loads", &Examination::creepingLoads},
          {"limits", &Examination::limits},
          {"converter", &Examination::converter},
          {"power fails", &Examination::powerFails}}) {
        if (report.lost()) break;
        doing(what);
        (examination.*part)();
    }
    if (!report.lost()) {
        doing("wire");
        examination.put(scenario.scale.max().dividedBy(100));
        static_cast<void>(bench.waitUntil(bench.now() + settles));
        conformAll(report);
    }
    if ((*made)->remote != nullptr) {
        report.section("Firmware");
        finishFirmware(*(*made)->remote, (*made)->emulated);
        for (const BoardEvent& notice : (*made)->emulated.notices) {
            report.add(ConformVerdict::differs, "what its host noticed", "nothing",
                       "docs/firmware-host.md", notice.name);
        }
    }
    return report.report;
}

}  // namespace jh

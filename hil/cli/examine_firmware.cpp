// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/examine_firmware.h"

#include <fmt/format.h>

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
    void creep(ExactMass from, ExactMass to, std::int64_t perSecond_centi_d);
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
    std::string oneFail(SimTime after, const Known& before, ExactMass other, bool& right);

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
void Examination::creep(ExactMass from, ExactMass to, std::int64_t perSecond_centi_d) {
    constexpr int stepsPerSecond = 5;
    const ExactMass step = (perSecond_centi_d * d()).dividedBy(100LL * stepsPerSecond);
    for (ExactMass load = from; load < to && wait(1s / stepsPerSecond); load += step) put(load);
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
              "the event counter after two adjustments",
              number(*before.identity.eventCounter + 2), clause,
              number(after.identity.eventCounter));
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
    for (const auto& [centi_d, lit] : {std::pair{0, true}, std::pair{100, false}}) {
        // Up at once, so that tracking does not swallow it.
        put((std::int64_t{centi_d} * d()).dividedBy(100));
        wait(1s);
        const auto now = reading();
        judge(now && now->centerOfZero == lit, fmt::format("the zero lamp at {} d", centi_d / 100),
              lit ? "lit" : "dark", "R 76-1 4.5.5", now && now->centerOfZero ? "lit" : "dark");
    }
    put({});
    wait(settles);
}

void Examination::creepingLoads() {
    report_.section("Creeping loads");
    constexpr std::int64_t slowly = 30;  // 0.3 d a second: within what zero tracking may follow
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
    bench_.converterSilent = true;
    wait(2s);
    const auto silent = reading();
    judge(!silent || !silent->gross || silent->fault, "no conversion for 2 s", "dark or a fault",
          clause, text(silent ? silent->gross : std::nullopt));
    bench_.converterSilent = false;
    wait(settles);
    const auto again = shown();
    judge(again && (*again - half()).abs() <= d(), "after it has come back", text(half()), clause,
          text(again));
    // Max close to the end of the converter, so that a full one is no overload yet.
    constexpr BridgeRatio nearEnd{3.898e-3}, beyond{5e-3};
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

/// One save of an adjustment with the supply gone so long after its command has begun. Two spans
/// are adjusted in turn, so that old and new can be told apart.
std::string Examination::oneFail(SimTime after, const Known& before, ExactMass other, bool& right) {
    const SimTime begin = nextOn(commandGrid, bench_.now());
    bench_.supplyFailsAt = begin + after;
    static_cast<void>(report_.indicator.adjustSpan(other));
    wait(5s);
    supply(false);  // when it came back to early
    bench_.supplyFailsAt.reset();
    wait(1s);
    supply(true);
    wait(settles);
    const Known now = known();
    const auto counter = now.identity.eventCounter, was = before.identity.eventCounter;
    const bool counts = !was || counter == *was || counter == *was + 1;
    if (!now.shown) {
        right = true;
        return "says that it is not adjusted";
    }
    if (now.identity.parameterChecksum == before.identity.parameterChecksum) {
        right = counts && now.shown == before.shown;
        return right ? "the old adjustment" : "the old checksum with " + text(now.shown);
    }
    right = (!was || counter == *was + 1) && (*now.shown - other).abs() <= d();
    return right ? "the new adjustment" : "neither: " + text(now.shown);
}

void Examination::powerFails() {
    report_.section("Power fails");
    const ExactMass loads[] = {half(), half() - 20 * d()};
    std::map<std::string, int> outcomes;
    std::string wrong;
    if (!adjusted()) return report_.notTried("power fails", "it cannot be adjusted");
    for (int i = 0; i < options_.powerFails && !report_.lost(); ++i) {
        if (options_.onProgress) {
            options_.onProgress(fmt::format("power fail {} / {}", i + 1, options_.powerFails));
        }
        put(half());
        wait(settles);
        Known before = known();
        if (!before.shown) {
            adjusted();
            before = known();
        }
        const bool atHalf = before.shown && (*before.shown - loads[0]).abs() <= d();
        constexpr double longest_ms = 800.0;
        const SimTime after{static_cast<std::int64_t>(luck_.uniform(0.0, longest_ms) * 1e6)};
        bool right = false;
        const std::string outcome = oneFail(after, before, loads[atHalf ? 1 : 0], right);
        ++outcomes[outcome];
        if (!right && wrong.empty()) {
            wrong = fmt::format("{:.1f} ms after the command: {}", seconds(after) * 1e3, outcome);
        }
    }
    std::string text;
    for (const auto& [what, n] : outcomes) text += fmt::format("{}{} x {}", text.empty() ? "" : ", ", n, what);
    judge(wrong.empty(), fmt::format("{} power fails while an adjustment is saved", options_.powerFails),
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

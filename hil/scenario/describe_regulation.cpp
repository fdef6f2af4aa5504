// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "hil/scenario/describe.h"

namespace jh {

const std::vector<std::string>& testNames() {
    static const std::vector<std::string> names{
        "identity",      "zero",           "eccentricity",   "repeatability", "weighing",
        "tare",          "net_weighing",   "discrimination", "zero_return",   "rolling",
        "section",       "creep",          "equilibrium",    "warm_up",       "zero_range",
        "zero_tracking", "tare_range",     "intervals",      "overload",      "agreement",
        "no_load_drift", "span_stability", "strain_load",    "decreasing",    "zero_balance",
        "radio",         "adjustment",     "sense",          "temperature"};
    return names;
}

namespace {

constexpr int mostIntervals = 10'000;

void describeTest(Fields& fields, TestRule& test) {
    fields.need({"id", "title", "clause"});
    fields.value("id", test.id);
    if (fields.reading() && !test.id.empty() &&
        std::count(testNames().begin(), testNames().end(), test.id) == 0) {
        fields.problem(
            "id", fmt::format("no such test; expected one of: {}", fmt::join(testNames(), ", ")),
            nearestName(test.id, testNames()));
    }
    fields.value("title", test.title);
    fields.value("title_zh", test.titleZh);
    fields.value("clause", test.clause);
    fields.value("certainty", test.certainty);
}

void describeBand(Fields& fields, MpeBand& band) {
    fields.need({"up_to", "mpe"});
    fields.value("up_to", band.upTo_e, dimension::wholeE, 1, 1'000'000);
    fields.value("mpe", band.mpe, dimension::milliE, 1, 100'000);
}

struct Fraction {
    int numerator{1}, denominator{1};
};

/// "1/2 Max", "Max"; the share lies above 0 and not above 1.
std::optional<Fraction> parseShare(std::string_view text) {
    if (text == "Max") return Fraction{};
    const auto slash = text.find('/');
    const auto end = text.find(" Max");
    if (slash == text.npos || end == text.npos || end < slash || text.substr(end) != " Max") {
        return std::nullopt;
    }
    const auto whole = [](std::string_view part) -> std::int64_t {
        const auto written = parseQuantity(part);
        return written && written->unit.empty() ? written->number.toInteger().value_or(0) : 0;
    };
    const std::int64_t a = whole(text.substr(0, slash));
    const std::int64_t b = whole(text.substr(slash + 1, end - slash - 1));
    constexpr std::int64_t mostParts = 1000;
    if (a < 1 || b < a || b > mostParts) return std::nullopt;
    return Fraction{static_cast<int>(a), static_cast<int>(b)};
}

std::optional<LoadRule> parseLoad(const std::string& text) {
    using Kind = LoadRule::Kind;
    if (text == "Min") return LoadRule{Kind::min, 0, {}, text};
    if (text == "Max") return LoadRule{Kind::max, 0, {}, text};
    if (text == "Max - tare") return LoadRule{Kind::maxLessTare, 0, {}, text};
    if (text == "weights") return LoadRule{Kind::weights, 0, {}, text};
    if (const auto share = parseShare(text)) {
        const int thousandths = 1000 * share->numerator;
        if (thousandths % share->denominator != 0) return std::nullopt;
        return LoadRule{Kind::shareOfMax, 0, Milli{thousandths / share->denominator}, text};
    }
    const auto written = parseQuantity(text);
    if (!written || written->unit != "e") return std::nullopt;
    const auto count = written->number.toInteger();
    if (!count || *count < 1 || *count > mostIntervals) return std::nullopt;
    return LoadRule{Kind::intervals, static_cast<int>(*count), {}, text};
}

constexpr const char* loadForms =
    "expected Min, Max, a number of intervals (500 e), a share (1/2 Max, in whole thousandths), "
    "Max - tare, or weights (all that are at hand)";

void describeLoad(Fields& fields, const std::string& key, LoadRule& rule) {
    std::string text = rule.text;
    fields.value(key, text);
    if (!fields.has(key)) return;
    if (const auto parsed = parseLoad(text)) {
        rule = *parsed;
    } else {
        fields.problem(key, loadForms);
    }
}

void describeLoads(Fields& fields, const std::string& key, std::vector<LoadRule>& rules) {
    std::vector<std::string> texts;
    texts.reserve(rules.size());
    for (const LoadRule& rule : rules) texts.push_back(rule.text);
    fields.value(key, texts);
    if (!fields.has(key)) return;
    rules.clear();
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto parsed = parseLoad(texts[i]);
        const std::string place = fmt::format("{}[{}]", key, i);
        if (parsed) {
            rules.push_back(*parsed);
        } else if (fields.sound({place.c_str()})) {
            fields.problem(place, loadForms);
        }
    }
}

void describeSection(Fields& fields, SectionRule& rule) {
    describeLoad(fields, "load", rule.load);
    fields.value("range", rule.range, dimension::milli, 1, 10'000);
}

void describeCreep(Fields& fields, CreepRule& rule) {
    fields.value("in_30_min", rule.in30min, dimension::milliE, 1, 10'000);
    fields.value("from_15_min", rule.from15min, dimension::milliE, 1, 10'000);
    fields.value("otherwise", rule.otherwise, SimTime{30min}, SimTime{24h});
    fields.value("zero_return", rule.zeroReturn, dimension::milliE, 1, 10'000);
}

void describeZero(Fields& fields, ZeroRule& rule) {
    fields.value("range", rule.range, dimension::milli, 1, 1000);
    fields.value("initial_range", rule.initialRange, dimension::milli, 1, 1000);
    fields.value("tracking_rate", rule.trackingRate, dimension::milliD, 1, 10'000);
}

void describeDrift(Fields& fields, DriftRule& rule) {
    fields.value("no_load", rule.noLoad, dimension::milliE, 1, 10'000);
    fields.value("no_load_for", rule.noLoadFor, SimTime{1h}, SimTime{240h});
    fields.value("span", rule.span, dimension::milliE, 1, 10'000);
    fields.value("span_measurements", rule.spanMeasurements, dimension::number, 2, 100);
    fields.value("span_every", rule.spanEvery, SimTime{1h}, SimTime{240h});
}

void describeRangeReturn(Fields& fields, RangeReturnRule& rule) {
    fields.value("drift", rule.drift, dimension::milliE, 1, 10'000);
    fields.value("watched", rule.watched, SimTime{1min}, SimTime{4h});
}

void describeSense(Fields& fields, SenseRule& rule) {
    fields.value("cable", rule.cable, Range{0.01, 1000.0});
    fields.value("change", rule.change, dimension::milli, 1, 1000);
}

void describeClimate(Fields& fields, ClimateRule& rule) {
    fields.value("temperatures", rule.temperatures, Range{-60.0, 100.0});
    fields.value("soak", rule.soak, SimTime{}, SimTime{48h});
    if (!fields.sound({"temperatures"})) return;
    if (rule.temperatures.size() < 2) {
        fields.problem("temperatures", "expected two temperatures at least");
    }
    // What zero does is told for 5 K; less than that is told badly by 0.1 e.
    constexpr double least_K = 5.0;
    for (std::size_t i = 1; i < rule.temperatures.size(); ++i) {
        if (std::abs((rule.temperatures[i] - rule.temperatures[i - 1]).si()) >= least_K) continue;
        fields.problem(fmt::format("temperatures[{}]", i), "must be 5 K away from the one before");
    }
}

void describeSubstitution(Fields& fields, SubstitutionRule& rule) {
    fields.need({"repeatability", "weights"});
    fields.value("repeatability", rule.repeatability, dimension::milliE, 0, 1'000'000);
    std::string share = fmt::format("{}/{} Max", rule.shareNumerator, rule.shareDenominator);
    fields.value("weights", share);
    if (!fields.has("weights")) return;
    if (const auto parsed = parseShare(share)) {
        rule.shareNumerator = parsed->numerator;
        rule.shareDenominator = parsed->denominator;
    } else {
        fields.problem("weights", "expected a share of Max: 1/5 Max");
    }
}

void checkTests(const Fields& fields, const Regulation& regulation) {
    for (std::size_t i = 0; i < regulation.tests.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) {
            if (regulation.tests[k].id != regulation.tests[i].id) continue;
            fields.problem(fmt::format("tests[{}].id", i), "this test stands in the list already");
            break;
        }
    }
    if (regulation.tests.empty()) fields.problem("tests", "a regulation holds at least one test");
}

/// Whether a value of the list is not above the one before it.
template <class T, class Key>
void checkAscending(const Fields& fields, const std::string& key, const std::vector<T>& values,
                    const char* member, Key number) {
    if (!fields.sound({key.c_str()})) return;
    if (values.empty()) fields.problem(key, "holds nothing");
    for (std::size_t i = 1; i < values.size(); ++i) {
        if (number(values[i]) > number(values[i - 1])) continue;
        fields.problem(fmt::format("{}[{}].{}", key, i, member), "must be above the one before");
    }
}

void checkRegulation(const Fields& fields, const Regulation& regulation) {
    if (fields.sound({"tests"})) checkTests(fields, regulation);
    checkAscending(fields, "mpe_bands", regulation.mpeBands, "up_to",
                   [](const MpeBand& band) { return band.upTo_e; });
    checkAscending(fields, "substitution", regulation.substitution, "repeatability",
                   [](const SubstitutionRule& rule) { return rule.repeatability.value; });
    const auto holds = [&](const char* id) {
        return std::any_of(regulation.tests.begin(), regulation.tests.end(),
                           [&](const TestRule& test) { return test.id == id; });
    };
    const auto needLoads = [&](const char* key, const char* test, const auto& loads) {
        if (fields.sound({"tests", key}) && holds(test) && loads.empty()) {
            fields.problem(key, fmt::format("is missing or empty: test {} needs loads", test));
        }
    };
    if (regulation.weighingPoints == 0) {
        needLoads("weighing_loads", "weighing", regulation.weighingLoads);
    } else if (!regulation.weighingLoads.empty()) {
        fields.problem("weighing_points", "stands beside `weighing_loads`; one of them decides");
    }
    needLoads("net_loads", "net_weighing", regulation.netLoads);
    needLoads("discrimination_loads", "discrimination", regulation.discriminationLoads);
    const auto lessTare = [](const LoadRule& r) { return r.kind == LoadRule::Kind::maxLessTare; };
    if (std::any_of(regulation.weighingLoads.begin(), regulation.weighingLoads.end(), lessTare)) {
        fields.problem("weighing_loads", "`Max - tare` is a net load");
    }
    if (std::any_of(regulation.discriminationLoads.begin(), regulation.discriminationLoads.end(),
                    lessTare)) {
        fields.problem("discrimination_loads", "`Max - tare` is a net load");
    }
    if (lessTare(regulation.tareLoad)) fields.problem("tare_load", "`Max - tare` is a net load");
}

}  // namespace

void describeRegulation(Fields& fields, Regulation& regulation) {
    using namespace dimension;
    fields.need({"id", "stage", "title", "tests", "mpe_bands", "substitution"});
    fields.value("id", regulation.id);
    fields.value("stage", regulation.stage);
    fields.value("title", regulation.title);
    fields.value("title_zh", regulation.titleZh);
    fields.later("accuracy_class", regulation.accuracyClass, AccuracyClass::III,
                 accuracyClassNames());
    fields.value("tests", regulation.tests, describeTest);
    fields.value("mpe_bands", regulation.mpeBands, describeBand);
    fields.value("mpe_factor", regulation.mpeFactor, milli, 1, 10'000);
    fields.value("small_weight", regulation.smallWeight, milliE, 1, 1000);
    fields.value("zero_load", regulation.zeroLoad_e, wholeE, 0, 100);
    fields.value("change_over_within", regulation.changeOverWithin_e, wholeE, 1, 10);
    fields.value("zero_accuracy", regulation.zeroAccuracy, milliE, 1, 10'000);
    fields.value("tare_accuracy", regulation.tareAccuracy, milliE, 1, 10'000);
    fields.value("zero_return", regulation.zeroReturn, milliE, 1, 10'000);
    fields.value("discrimination", regulation.discrimination, milliD, 1, 10'000);
    fields.later("discrimination_steps", regulation.discriminationSteps, 1, number, 1, 2);
    fields.value("repeatability_count", regulation.repeatabilityCount, number, 2, 100);
    if (fields.reading() || regulation.repeatabilityLoads != Regulation{}.repeatabilityLoads) {
        describeLoads(fields, "repeatability_loads", regulation.repeatabilityLoads);
    }
    describeLoads(fields, "weighing_loads", regulation.weighingLoads);
    fields.later("weighing_points", regulation.weighingPoints, 0, number, 0, 100);
    fields.later("random_loads", regulation.randomLoads, 0, number, 0, 100);
    describeLoads(fields, "net_loads", regulation.netLoads);
    describeLoads(fields, "discrimination_loads", regulation.discriminationLoads);
    describeLoad(fields, "tare_load", regulation.tareLoad);
    fields.value("substitution", regulation.substitution, describeSubstitution);
    fields.later("most_substitutions", regulation.mostSubstitutions, 0, number, 0, 1000);
    fields.value("least_weights", regulation.leastWeights, ExactMass{}, ExactMass::kg(100'000));
    const Regulation usual;
    fields.later("creep", regulation.creep, usual.creep, describeCreep);
    fields.later("section", regulation.section, usual.section, describeSection);
    fields.later("rolling_most", regulation.rollingMost, usual.rollingMost, milli, 1, 1000);
    fields.later("zero_setting", regulation.zero, usual.zero, describeZero);
    fields.later("drift", regulation.drift, usual.drift, describeDrift);
    fields.later("range_return", regulation.rangeReturn, usual.rangeReturn, describeRangeReturn);
    fields.later("sense", regulation.sense, usual.sense, describeSense);
    fields.later("climate", regulation.climate, usual.climate, describeClimate);
    fields.later("equilibrium_count", regulation.equilibriumCount, 5, number, 1, 100);
    fields.later("equilibrium", regulation.equilibrium, usual.equilibrium, milliE, 1, 10'000);
    fields.later("blank_above", regulation.blankAbove_e, usual.blankAbove_e, wholeE, 0, 1000);
    fields.later("blank_above_share", regulation.blankAboveShare, usual.blankAboveShare, milli, 0,
                 1000);
    fields.later("zero_balance", regulation.zeroBalance, usual.zeroBalance, milliE, 1, 10'000);
    fields.later("guard_band", regulation.guardBand, false);
    fields.later("radio", regulation.radio, usual.radio, milliE, 1, 10'000);
    if (fields.reading()) checkRegulation(fields, regulation);
}

}  // namespace jh

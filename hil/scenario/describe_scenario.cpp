// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <array>

#include "hil/scenario/describe.h"

namespace jh {

const std::vector<std::string>& faultKindNames() {
    static const std::vector<std::string> names{"cell_sensitivity", "span_drift", "cell_hysteresis",
                                                "zero_tracking", "rounding_hysteresis"};
    return names;
}

namespace {

const std::vector<std::pair<std::string, FaultStart>> startNames{
    {"power_on", FaultStart::power_on}, {"after_adjustment", FaultStart::after_adjustment}};

template <class... T>
auto makers(const std::variant<T...>&) {
    return std::vector<std::variant<T...>>{T{}...};
}

void describe(Fields& fields, CellSensitivityFault& fault) {
    fields.need({"cell", "change"});
    fields.value("cell", fault.cell);
    fields.value("change", fault.change, dimension::fraction, Range{-0.5, 0.5});
}

void describe(Fields& fields, SpanDriftFault& fault) {
    fields.need({"change"});
    fields.value("change", fault.change, dimension::fraction, Range{-0.1, 0.1});
}

void describe(Fields& fields, CellHysteresisFault& fault) {
    fields.need({"cell", "hysteresis"});
    fields.value("cell", fault.cell);
    fields.value("hysteresis", fault.hysteresis, dimension::fraction, Range{0.0, 0.05});
}

void describe(Fields& fields, ZeroTrackingFault& fault) {
    fields.need({"band", "rate"});
    fields.value("band", fault.band_d, dimension::intervals, Range{0.0, 100.0});
    fields.value("rate", fault.rate_d_s, dimension::intervalRate, Range{0.0, 100.0});
}

void describe(Fields& fields, RoundingHysteresisFault& fault) {
    fields.need({"width"});
    fields.value("width", fault.width, ExactMass{}, ExactMass::kg(1000));
}

}  // namespace

void describeFault(Fields& fields, Fault& fault) {
    const auto fresh = makers(fault.what);
    std::vector<std::pair<std::string, std::size_t>> kinds;
    for (const std::string& name : faultKindNames()) kinds.emplace_back(name, kinds.size());
    fields.need({"kind"});
    std::size_t kind = fault.what.index();
    fields.value("kind", kind, kinds);
    if (fields.reading()) fault.what = fresh.at(kind);
    fields.value("from", fault.from, startNames);
    // What else belongs there depends on the kind.
    if (fields.reading() && (!fields.has("kind") || !fields.sound({"kind"}))) {
        for (const char* key : {"cell", "change", "hysteresis", "band", "rate", "width"}) {
            fields.at(key);
        }
        return;
    }
    std::visit([&](auto& what) { describe(fields, what); }, fault.what);
}

void describeSettings(Fields& fields, IndicatorSettings& settings) {
    using namespace dimension;
    fields.value("serial", settings.serial);
    fields.value("conversion_rate", settings.conversionRate_Hz, rate, 10, 80);
    fields.value("filter", settings.filter, SimTime{0ms}, SimTime{60s});
    fields.value("stability_band", settings.stabilityBand_d, intervals, Range{0.01, 100.0});
    fields.value("stability_time", settings.stabilityTime, SimTime{100ms}, SimTime{60s});
    fields.value("tracking_band", settings.trackingBand_d, intervals, Range{0.0, 100.0});
    fields.value("tracking_rate", settings.trackingRate_d_s, intervalRate, Range{0.0, 100.0});
    fields.value("initial_zero_range", settings.initialZeroRange_pct, percent, Range{0.0, 100.0});
    fields.value("zero_range", settings.zeroRange_pct, percent, Range{0.0, 100.0});
    if (!fields.reading()) return;
    const int rate_Hz = settings.conversionRate_Hz;
    if (fields.sound({"conversion_rate"}) && rate_Hz != 10 && rate_Hz != 80) {
        fields.problem("conversion_rate", "expected 10 Hz or 80 Hz");
    }
    const bool digits = settings.serial.find_first_not_of("0123456789") == std::string::npos;
    constexpr std::size_t mostDigits = 9;  // fits a register pair
    if (fields.sound({"serial"}) &&
        (!digits || settings.serial.empty() || settings.serial.size() > mostDigits)) {
        fields.problem("serial", "expected a number of 1 to 9 digits");
    }
}

void describeAppearance(Fields& fields, AppearanceItem& item) {
    fields.need({"id", "title"});
    fields.value("id", item.id);
    fields.value("title", item.title);
    fields.value("title_zh", item.titleZh);
    fields.value("found", item.found);
}

void describeExpectation(Fields& fields, Expectation& expectation) {
    const std::vector<std::pair<std::string, std::string>> verdicts{
        {"pass", "pass"}, {"fail", "fail"}, {"error", "error"}, {"invalid", "invalid"}};
    fields.need({"verdict"});
    fields.value("verdict", expectation.verdict, verdicts);
    fields.value("failing_tests", expectation.failingTests);
    if (!fields.sound({"verdict", "failing_tests"})) return;
    if ((expectation.verdict == "fail") == expectation.failingTests.empty()) {
        fields.problem("failing_tests", expectation.failingTests.empty()
                                            ? "verdict fail needs the tests that fail"
                                            : "only verdict fail has failing tests");
    }
}

}  // namespace jh

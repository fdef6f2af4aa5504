// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/scenario/describe.h"

namespace jh {

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

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

const std::vector<std::pair<std::string, Wire>>& wireNames() {
    static const std::vector<std::pair<std::string, Wire>> names{
        {"virtual", Wire::virtualTime}, {"pty", Wire::pty}, {"tcp", Wire::tcp}};
    return names;
}

void describeSignal(Fields& fields, SignalModel& signal) {
    fields.value("per_interval", signal.perInterval, Range{1e-8, 1e-3});
    fields.value("excitation", signal.excitation, Range{0.5, 20.0});
    fields.value("zero", signal.zero, Range{-4e-3, 4e-3});
    fields.value("resolution", signal.resolution, Range{1e-12, 1e-4});
    fields.value("gain_error", signal.gainError, dimension::fraction, Range{-0.1, 0.1});
    fields.value("settling", signal.settling, SimTime{}, SimTime{10min});
    const SignalModel usual;
    fields.later("zero_drift", signal.zeroDrift_V_K, usual.zeroDrift_V_K,
                 dimension::voltagePerKelvin, Range{-1e-5, 1e-5});
    fields.later("span_drift", signal.spanDrift_per_K, usual.spanDrift_per_K,
                 dimension::fractionPerKelvin, Range{-1e-3, 1e-3});
}

void describeSecondDisplay(Fields& fields, SecondDisplayModel& display) {
    fields.value("lag", display.lag, SimTime{}, SimTime{1min});
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

void describeOffice(Fields& fields, Office& office) {
    const std::string nothing;
    fields.later("office", office.office, nothing);
    fields.later("owner", office.owner, nothing);
    fields.later("address", office.address, nothing);
    fields.later("maker", office.maker, nothing);
    fields.later("model", office.model, nothing);
    fields.later("serial", office.serial, nothing);
    fields.later("place", office.place, nothing);
    fields.later("verifier", office.verifier, nothing);
    fields.later("checker", office.checker, nothing);
    fields.later("record_number", office.recordNumber, nothing);
    fields.later("certificate_number", office.certificateNumber, nothing);
    fields.later("sticker_number", office.stickerNumber, nothing);
    constexpr int mostMonths = 120;
    fields.later("valid_months", office.validMonths, 0, dimension::number, 0, mostMonths);
}

}  // namespace jh

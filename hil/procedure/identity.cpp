// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/procedure/tests.h"

namespace jh {

/// What is seen on the scale, and what the indicator says of itself against the nameplate.
void testIdentity(Bench& bench, Results& results, Carry& carry) {
    for (const AppearanceItem& item : carry.appearance) {
        Measurement m;
        m.kind = MeasurementKind::appearance;
        m.detail = item.title;
        m.detailZh = item.titleZh;
        m.expected = "yes";
        m.found = item.found ? "yes" : "no";
        m.at = bench.now();
        results.record(m, std::nullopt);
    }
    const IndicatorIdentity identity = bench.identify();
    const auto compare = [&](const char* what, const std::string& expected,
                             const std::string& found) {
        Measurement m;
        m.kind = MeasurementKind::identity;
        m.detail = what;
        m.expected = expected;
        m.found = found;
        m.at = bench.now();
        results.record(m, std::nullopt);
    };
    const ScaleModel& scale = bench.scale();
    if (identity.max) compare("Max", bench.text(scale.max()), bench.text(*identity.max));
    if (identity.firstInterval) {
        compare("e", bench.text(scale.firstInterval()), bench.text(*identity.firstInterval));
    }
    // For the record: whoever comes next compares them with the seal's.
    const auto note = [&](const char* what, std::optional<std::uint32_t> value) {
        if (value) compare(what, "", std::to_string(*value));
    };
    note("firmware", identity.firmware);
    note("serial number", identity.serial);
    note("parameter checksum", identity.parameterChecksum);
    note("event counter", identity.eventCounter);
}

}  // namespace jh

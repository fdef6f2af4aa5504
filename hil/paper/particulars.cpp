// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/paper/particulars.h"

#include <fmt/format.h>

#include <algorithm>

#include "hil/paper/columns.h"
#include "hil/scenario/describe.h"
#include "hil/scenario/units.h"

namespace jh {

namespace {

std::string word(AccuracyClass accuracyClass) {
    for (const auto& [name, value] : accuracyClassNames()) {
        if (value == accuracyClass) return name;
    }
    return {};
}

/// "100000 kg", of a scale with several ranges "60000 / 150000 kg".
template <class What>
std::string ofRanges(const ScaleModel& scale, const Masses& masses, const What& what) {
    std::string text;
    for (const WeighingRange& range : scale.ranges)
        text += (text.empty() ? "" : " / ") + masses.number(what(range));
    return text + " " + masses.unit();
}

void describeScale(Particulars& p, const Scenario& s, const Masses& masses, const Say& say) {
    const ScaleModel& scale = s.scale;
    p.name = say("Electronic truck scale");
    p.max = ofRanges(scale, masses, [](const WeighingRange& r) { return r.max; });
    p.e = ofRanges(scale, masses, [](const WeighingRange& r) { return r.e; });
    p.min = masses.text(scale.min());
    p.accuracyClass = word(scale.accuracyClass);
    for (const WeighingRange& r : scale.ranges) {
        p.intervals += (p.intervals.empty() ? "" : " / ") + std::to_string(r.max.wholeParts(r.e));
    }
    const double capacity_t = scale.cellType.capacity.si() / 1000.0;
    p.cells = fmt::format("{} × {:g} t, n_LC {}", scale.cells.size(), capacity_t,
                          scale.cellType.maxIntervals);
    p.deck = fmt::format("{:g} m × {:g} m, {} {}", scale.deck.length().si(), scale.deck.width.si(),
                         scale.deck.moduleLengths.size(), say("modules"));
    p.indicator = s.indicator.title;
    p.indicatorSerial = s.settings.serial;
}

void describeConditions(Particulars& p, const SiteModel& site, SimTime end) {
    const double drift_K = site.temperatureDrift_K_h * seconds(end) / 3600.0;
    p.temperature = fmt::format("{:.1f} °C", site.temperature.si());
    if (site.temperatureDrift_K_h != 0.0) {
        p.temperature += fmt::format(" – {:.1f} °C", site.temperature.si() + drift_K);
    }
    p.humidity = fmt::format("{:.0f} %", site.air.humidity * 100.0);
    p.pressure = fmt::format("{:.1f} hPa", site.air.pressure.si() / 100.0);
    p.gravity = fmt::format("{:.4f} m/s²", site.gravity.si());
    p.wind = fmt::format("{:g} m/s", site.wind.speed.si());
}

void describeWeights(Particulars& p, const WeightsModel& w, const ScaleModel& scale,
                     const Regulation& regulation, const Masses& masses) {
    p.weights = fmt::format("{} × {}, {} × {}", w.blocks, masses.text(w.block), w.handWeights,
                            masses.text(w.handWeight));
    p.weights = std::string{name(w.weightClass)} + ": " + p.weights;
    p.smallWeights = fmt::format("{} × {}", w.smallWeights,
                                 masses.text(regulation.smallWeight * scale.firstInterval()));
    if (!w.certificate) return;
    p.weightsCertificate = w.certificate->number;
    p.weightsUntil = dateText(w.certificate->until());
}

/// What the indicator said of itself; nothing where the test was not done.
std::string saidOfItself(const VerificationResult& result, const char* what) {
    for (const TestResult& test : result.tests) {
        for (const Measurement& m : test.measurements) {
            if (m.kind == MeasurementKind::identity && m.detail == what) return m.found;
        }
    }
    return {};
}

/// Last day of the months that begin on a day.
std::string lastDay(std::chrono::year_month_day from, int months) {
    using namespace std::chrono;
    year_month_day next = from + std::chrono::months{months};
    if (!next.ok()) next = next.year() / next.month() / last;
    return dateText(year_month_day{sys_days{next} - days{1}});
}

}  // namespace

Particulars particularsOf(const StoredRecord& record, const Say& say) {
    const Scenario& s = record.scenario;
    const Masses masses{record.unit};
    Particulars p;
    p.title = say.of(s.title, s.titleZh);
    describeScale(p, s, masses, say);
    describeConditions(p, s.site, record.simulated);
    describeWeights(p, s.weights, s.scale, s.regulation, masses);
    if (s.signal) {
        p.weights = fmt::format("{}, {:g} µV / e, {:g} V", say("Signal source in place of weights"),
                                s.signal->perInterval.si() * 1e6, s.signal->excitation.si());
        p.smallWeights.clear();
    }
    p.firmware = saidOfItself(record.result, "firmware");
    p.eventCounter = saidOfItself(record.result, "event counter");
    p.checksum = saidOfItself(record.result, "parameter checksum");
    p.regulation = s.regulation.id;
    p.stage = say.known(s.regulation.stage);
    const Office& office = s.office;
    p.office = office.office;
    p.owner = office.owner;
    p.address = office.address;
    p.maker = office.maker;
    p.model = office.model;
    p.serial = office.serial;
    p.place = office.place.empty() ? say.of(s.site.title, s.site.titleZh) : office.place;
    p.verifier = office.verifier;
    p.checker = office.checker;
    p.recordNumber = office.recordNumber;
    p.certificateNumber = office.certificateNumber;
    p.stickerNumber = office.stickerNumber;
    if (s.date) {
        p.date = dateText(*s.date);
        if (office.validMonths > 0 && givesValidity(s.regulation)) {
            p.validUntil = lastDay(*s.date, office.validMonths);
        }
    }
    return p;
}

bool isSimulated(const VerificationResult& result) {
    return std::any_of(result.tests.begin(), result.tests.end(), [](const TestResult& test) {
        return std::any_of(test.measurements.begin(), test.measurements.end(),
                           [](const Measurement& m) { return m.truth.has_value(); });
    });
}

bool givesValidity(const Regulation& regulation) {
    // "in-use" or "in-service", however a file writes it; not "initial".
    return !regulation.stage.starts_with("in-") && !regulation.stage.starts_with("in_");
}

std::string hoursText(SimTime time) {
    const auto minutes = (time.count() + 30'000'000'000) / 60'000'000'000;
    return minutes < 60 ? fmt::format("{} min", minutes)
                        : fmt::format("{} h {:02} min", minutes / 60, minutes % 60);
}

std::vector<std::string> certainties(const VerificationResult& result, const Say& say) {
    std::vector<std::string> all;
    for (const TestResult& test : result.tests) {
        const std::string mark = say.known(test.rule.certainty);
        if (!mark.empty() && std::find(all.begin(), all.end(), mark) == all.end())
            all.push_back(mark);
    }
    return all;
}

std::vector<Finding> findingsOf(const TestResult& test, const Masses& masses, const Say& say) {
    std::vector<Finding> findings;
    const std::string& title = say.of(test.rule.title, test.rule.titleZh);
    const std::string clause = say.known(test.rule.clause);
    const std::string certainty = say.known(test.rule.certainty);
    for (const Measurement& m : test.measurements) {
        if (m.verdict != Verdict::fail) continue;
        Finding finding{title, clause, label(m, say.language()), "", "", "", certainty};
        finding.reason = say.known(m.finding);
        if (!m.found.empty()) {
            finding.value = say.known(m.found);
            finding.limit = say.known(m.expected);
        } else if (m.judged()) {
            finding.value = masses.error(m.judged()) + " " + masses.unit();
            if (m.limit) finding.limit = limitText(*m.limit, masses) + " " + masses.unit();
        }
        findings.push_back(finding);
    }
    for (const std::string& reason : test.findings)
        findings.push_back({title, clause, "", "", "", say.known(reason), certainty});
    return findings;
}

std::vector<Finding> findingsOf(const StoredRecord& record, const Masses& masses, const Say& say) {
    std::vector<Finding> all;
    for (const TestResult& test : record.result.tests) {
        const auto some = findingsOf(test, masses, say);
        all.insert(all.end(), some.begin(), some.end());
    }
    return all;
}

}  // namespace jh

// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/report/read_record.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "hil/report/words.h"
#include "hil/scenario/load.h"

namespace jh {

namespace {

using Json = nlohmann::ordered_json;

/// Thrown at the place that is wrong, caught by readRecord().
struct Damaged {
    std::string path, message;
};

/// A member of an object with its place in the document.
class Member {
public:
    Member(const Json& json, std::string path) : json_{&json}, path_{std::move(path)} {}

    bool has(const char* key) const { return json_->is_object() && json_->contains(key); }
    Member at(const char* key) const {
        const std::string path = path_.empty() ? key : path_ + "." + key;
        if (!has(key)) throw Damaged{path, "is missing"};
        return {(*json_)[key], path};
    }
    std::vector<Member> items() const {
        if (!json_->is_array()) throw Damaged{path_, "expected a list"};
        std::vector<Member> items;
        for (std::size_t i = 0; i < json_->size(); ++i)
            items.emplace_back((*json_)[i], path_ + "[" + std::to_string(i) + "]");
        return items;
    }

    std::string text() const {
        if (!json_->is_string()) throw Damaged{path_, "expected text"};
        return json_->get<std::string>();
    }
    bool flag() const {
        if (!json_->is_boolean()) throw Damaged{path_, "expected true or false"};
        return json_->get<bool>();
    }
    std::uint64_t count() const {
        if (!json_->is_number_unsigned()) throw Damaged{path_, "expected a whole number"};
        return json_->get<std::uint64_t>();
    }
    /// Not negative.
    double number() const {
        const double value = json_->is_number() ? json_->get<double>() : -1.0;
        if (!(value >= 0.0)) throw Damaged{path_, "expected a number, not negative"};
        return value;
    }
    /// Seconds; a double holds them to the nanosecond over the longest of runs.
    SimTime time() const {
        constexpr double most_s = 4e6;
        const double value_s = json_->is_number() ? json_->get<double>() : -1.0;
        if (!(value_s >= 0.0 && value_s <= most_s)) {
            throw Damaged{path_, "expected seconds, 0 to 4000000"};
        }
        return SimTime{std::llround(value_s * 1e9)};
    }
    ExactMass mass(MassUnit unit) const {
        const auto mass = ExactMass::parse(text(), unit);
        if (!mass) {
            throw Damaged{path_,
                          std::string{"expected a mass in "} + symbol(unit) + ", as \"-2.5\""};
        }
        return *mass;
    }
    std::vector<std::string> texts() const {
        std::vector<std::string> texts;
        for (const Member& item : items()) texts.push_back(item.text());
        return texts;
    }
    Verdict verdict() const {
        for (const Verdict v : {Verdict::pass, Verdict::fail, Verdict::error, Verdict::invalid,
                                Verdict::interrupted, Verdict::not_run}) {
            if (text() == word(v)) return v;
        }
        throw Damaged{path_, "is no verdict: " + text()};
    }

    std::string textOr(const char* key) const { return has(key) ? at(key).text() : std::string{}; }
    SimTime timeOr(const char* key) const { return has(key) ? at(key).time() : SimTime{}; }
    /// "load" in a scale's unit: the member load_kg or load_lb.
    ExactMass mass(const char* what, MassUnit unit) const {
        return at((std::string{what} + "_" + symbol(unit)).c_str()).mass(unit);
    }
    std::optional<ExactMass> massOr(const char* what, MassUnit unit) const {
        const std::string key = std::string{what} + "_" + symbol(unit);
        return has(key.c_str()) ? std::optional{at(key.c_str()).mass(unit)} : std::nullopt;
    }

private:
    const Json* json_;
    std::string path_;
};

Measurement measurementFrom(const Member& from, MassUnit unit) {
    Measurement m;
    if (!from.has("kind")) {
        throw Damaged{"",
                      "was made by a version that did not keep the kind of each measurement; "
                      "run its scenario again"};
    }
    const Member kind = from.at("kind");
    const auto known = kindNamed(kind.text());
    if (!known) {
        throw Damaged{
            "", "holds a kind of measurement that this version does not know: " + kind.text()};
    }
    m.kind = *known;
    m.detail = from.textOr("detail");
    m.detailZh = from.textOr("detail_zh");
    m.load = from.massOr("load", unit);
    m.indication = from.massOr("indication", unit);
    m.added = from.massOr("added", unit);
    m.value = from.massOr("value", unit);
    m.error = from.massOr("error", unit);
    m.zeroError = from.massOr("zero_error", unit);
    m.correctedError = from.massOr("corrected_error", unit);
    m.limit = from.massOr("limit", unit);
    m.expected = from.textOr("expected");
    m.found = from.textOr("found");
    m.finding = from.textOr("finding");
    m.verdict = from.at("verdict").verdict();
    m.uncertainty = from.massOr("uncertainty", unit);
    m.simulatedUncertainty = from.massOr("uncertainty_simulated", unit);
    const std::string parts = std::string{"uncertainty_parts_"} + symbol(unit);
    if (from.has(parts.c_str())) {
        m.budget.emplace();
        m.budget->fromSource = from.at(parts.c_str()).has("source_resolution");
        for (const UncertaintyBudget::Part& part : m.budget->parts()) {
            *m.budget.*part.size = from.at(parts.c_str()).at(part.name).mass(unit).mass();
        }
    }
    if (const auto onDeck = from.massOr("truth", unit)) {
        m.truth = TruthValue{*onDeck, from.mass("unrounded", unit)};
    }
    m.at = from.at("sim_s").time();
    return m;
}

TestResult testFrom(const Member& from, MassUnit unit) {
    TestResult test;
    test.rule.id = from.at("id").text();
    test.rule.title = from.at("title").text();
    test.rule.titleZh = from.textOr("title_zh");
    test.rule.clause = from.at("clause").text();
    test.rule.certainty = from.textOr("certainty");
    test.verdict = from.at("verdict").verdict();
    test.note = from.textOr("note");
    if (from.has("findings")) test.findings = from.at("findings").texts();
    test.start = from.timeOr("start_s");
    test.end = from.timeOr("end_s");
    for (const Member& m : from.at("measurements").items())
        test.measurements.push_back(measurementFrom(m, unit));
    return test;
}

SourceUncertainty sourceFrom(const Member& from, MassUnit unit) {
    constexpr double ppm = 1e-6;
    SourceUncertainty source;
    source.step = from.mass("step", unit).mass();
    source.gain = from.at("gain_ppm").number() * ppm;
    source.drift = from.at("drift_ppm").number() * ppm;
    source.excitation = from.at("excitation_ppm").number() * ppm;
    source.temperatureSpan_K = from.at("temperature_span_K").number();
    return source;
}

LoadPlan planFrom(const Member& from, MassUnit unit) {
    LoadPlan plan;
    for (const Member& load : from.at("loads").items()) {
        PlannedLoad planned{load.at("text").text(), load.mass("load", unit), load.mass("mpe", unit),
                            std::nullopt, ExactMass{}};
        const auto pieces = [&](const char* key) { return static_cast<int>(load.at(key).count()); };
        if (load.has("material")) {
            planned.pieces = Pieces{pieces("blocks"), pieces("hand_weights"), pieces("material"), 0,
                                    std::nullopt};
            planned.weightsMpe = load.mass("weights_mpe", unit);
        }
        planned.random = load.has("random");
        plan.loads.push_back(planned);
    }
    plan.substitutions = static_cast<int>(from.at("substitutions").count());
    for (const Member& need : from.at("needs").items()) {
        plan.needs.push_back({need.massOr("repeatability", unit), need.at("rule").text(),
                              need.mass("weights", unit), need.at("there").flag()});
    }
    if (from.has("findings")) plan.findings = from.at("findings").texts();
    return plan;
}

VerificationResult resultFrom(const Member& root, MassUnit unit) {
    VerificationResult result;
    result.verdict = root.at("verdict").verdict();
    result.cause = root.textOr("cause");
    for (const Member& test : root.at("tests").items())
        result.tests.push_back(testFrom(test, unit));
    for (const Member& step : root.at("steps").items()) {
        const std::vector<Member> parts = step.items();
        if (parts.size() != 3) throw Damaged{"steps", "expected [name, start, end]"};
        result.steps.push_back({parts[0].text(), parts[1].time(), parts[2].time()});
    }
    if (root.has("source")) result.source = sourceFrom(root.at("source"), unit);
    if (root.has("retries")) result.retries = static_cast<int>(root.at("retries").count());
    return result;
}

StoredRecord recordFrom(const Member& root, MassUnit unit) {
    StoredRecord record;
    if (root.has("plan")) record.plan = planFrom(root.at("plan"), unit);
    record.result = resultFrom(root, unit);
    record.unit = symbol(unit);
    const Member program = root.at("program");
    record.programVersion = program.at("version").text();
    record.programCommit = program.at("commit").text();
    for (const Member& hash : root.at("state_hashes").items())
        record.stateHashes.push_back(hash.text());
    record.simulated = root.at("sim_s").time();
    if (root.has("transactions")) record.transactions = root.at("transactions").count();
    return record;
}

}  // namespace

Expected<StoredRecord, Diagnostics> readRecord(const std::string& text, const std::string& file) {
    const auto refuse = [&](const std::string& path, const std::string& why) {
        return Unexpected<Diagnostics>{Diagnostics{{file, 0, 0, path, why, ""}}};
    };
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded()) {
        return refuse("",
                      "is no record of jianheng: no whole JSON; a record that was cut off or "
                      "changed by hand cannot be read");
    }
    if (!json.is_object() || !json.contains("format") || json["format"] != "jianheng record 1") {
        return refuse("", "is no record of jianheng (format \"jianheng record 1\")");
    }
    if (!json.contains("scenario")) return refuse("scenario", "is missing");
    auto scenario = parseScenario(json["scenario"].dump(), file + " (scenario)", dataFolder());
    if (!scenario) return Unexpected<Diagnostics>{scenario.error()};
    try {
        const Member root{json, ""};
        StoredRecord record = recordFrom(root, scenario->scale.unit);
        record.scenario = std::move(*scenario);
        record.scenario.name = root.at("name").text();
        return record;
    } catch (const Damaged& damaged) {
        return refuse(damaged.path, damaged.message);
    }
}

}  // namespace jh

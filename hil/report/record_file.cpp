// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/report/record_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <nlohmann/json.hpp>

#include "hil/procedure/load_plan.h"
#include "hil/report/version.h"
#include "hil/report/words.h"

namespace jh {

namespace {

using Json = nlohmann::ordered_json;

/// Simulated seconds as a JSON number that is exact to the nanosecond.
std::string secondsText(SimTime t) {
    std::string text =
        fmt::format("{}.{:09}", t.count() / 1'000'000'000, t.count() % 1'000'000'000);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
}

/// Puts masses under keys that end in the scale's unit: load_kg, load_lb.
struct MassWriter {
    Json& json;
    MassUnit unit;
    void operator()(const char* what, const std::optional<ExactMass>& mass) const {
        if (mass) json[std::string{what} + "_" + symbol(unit)] = mass->text(unit);
    }
    void thousandths(const char* what, ExactMass mass) const {
        json[std::string{what} + "_" + symbol(unit)] = mass.text(unit, 3);
    }
};

Json toJson(const Measurement& m, MassUnit unit) {
    Json json;
    json["label"] = label(m, Language::en);
    json["kind"] = kindName(m.kind);
    if (!m.detail.empty()) json["detail"] = m.detail;
    if (!m.detailZh.empty()) json["detail_zh"] = m.detailZh;
    const MassWriter put{json, unit};
    put("load", m.load);
    put("indication", m.indication);
    put("added", m.added);
    put("value", m.value);
    put("error", m.error);
    put("zero_error", m.zeroError);
    put("corrected_error", m.correctedError);
    put("limit", m.limit);
    if (m.uncertainty) put.thousandths("uncertainty", *m.uncertainty);
    if (m.budget) {
        Json parts;
        for (const UncertaintyBudget::Part& part : m.budget->parts()) {
            parts[part.name] = ExactMass::nearest(*m.budget.*part.size).text(unit, 3);
        }
        json[std::string{"uncertainty_parts_"} + symbol(unit)] = std::move(parts);
    }
    if (m.simulatedUncertainty) put.thousandths("uncertainty_simulated", *m.simulatedUncertainty);
    if (m.uncertaintyTooLarge()) json["uncertainty_above_a_third"] = true;
    if (!m.expected.empty()) json["expected"] = m.expected;
    if (!m.found.empty()) json["found"] = m.found;
    if (!m.finding.empty()) json["finding"] = m.finding;
    json["verdict"] = word(m.verdict);
    if (m.truth) {
        put.thousandths("truth", m.truth->onDeck);
        put.thousandths("unrounded", m.truth->unrounded);
    }
    json["sim_s"] = Json::parse(secondsText(m.at));
    return json;
}

Json toJson(const TestResult& test, MassUnit unit) {
    Json json;
    json["id"] = test.rule.id;
    json["title"] = test.rule.title;
    json["title_zh"] = test.rule.titleZh;
    json["clause"] = test.rule.clause;
    if (!test.rule.certainty.empty()) json["certainty"] = test.rule.certainty;
    json["verdict"] = word(test.verdict);
    if (!test.note.empty()) json["note"] = test.note;
    if (!test.findings.empty()) json["findings"] = test.findings;
    if (test.end > SimTime{}) {
        json["start_s"] = Json::parse(secondsText(test.start));
        json["end_s"] = Json::parse(secondsText(test.end));
    }
    json["measurements"] = Json::array();
    for (const Measurement& m : test.measurements) json["measurements"].push_back(toJson(m, unit));
    return json;
}

Json scaleJson(const ScaleModel& scale) {
    Json json;
    json["title"] = scale.title;
    const MassWriter put{json, scale.unit};
    put("max", scale.max());
    put("min", scale.min());
    put("e", scale.firstInterval());
    json["ranges"] = Json::array();
    for (const WeighingRange& range : scale.ranges) {
        Json part;
        const MassWriter putPart{part, scale.unit};
        putPart("max", range.max);
        putPart("e", range.e);
        json["ranges"].push_back(part);
    }
    json["cells"] = scale.cells.size();
    return json;
}

Json toJson(const LoadPlan& plan, MassUnit unit) {
    Json json;
    json["loads"] = Json::array();
    for (const PlannedLoad& planned : plan.loads) {
        Json load;
        const MassWriter put{load, unit};
        load["text"] = planned.text;
        put("load", planned.load);
        put("mpe", planned.mpe);
        if (planned.pieces) {
            load["material"] = planned.pieces->material;
            load["blocks"] = planned.pieces->blocks;
            load["hand_weights"] = planned.pieces->handWeights;
            put("weights_mpe", planned.weightsMpe);
            load["within_a_third"] = planned.weightsDo();
        }
        if (planned.random) load["random"] = true;
        json["loads"].push_back(load);
    }
    json["substitutions"] = plan.substitutions;
    json["needs"] = Json::array();
    for (const NeededWeights& needed : plan.needs) {
        Json need;
        const MassWriter put{need, unit};
        put("repeatability", needed.repeatability);
        need["rule"] = needed.rule;
        put("weights", needed.weights);
        need["there"] = needed.there;
        json["needs"].push_back(need);
    }
    if (!plan.findings.empty()) json["findings"] = plan.findings;
    return json;
}

bool weighs(const Regulation& regulation) {
    return std::any_of(regulation.tests.begin(), regulation.tests.end(),
                       [](const TestRule& test) { return test.id == "weighing"; });
}

/// Members of an object as text, without its braces.
std::string members(const Json& json) {
    const std::string text = json.dump(1);
    return text.substr(1, text.size() - 3);
}

}  // namespace

RecordFile::RecordFile(const Scenario& scenario, std::filesystem::path path)
    : path_{std::move(path)}, unit_{scenario.scale.unit} {
    Json head;
    head["program"] = {
        {"name", "jianheng"}, {"version", programVersion()}, {"commit", programCommit()}};
    head["name"] = scenario.name;
    head["title"] = scenario.title;
    head["regulation"] = {{"id", scenario.regulation.id}, {"stage", scenario.regulation.stage}};
    head["scale"] = scaleJson(scenario.scale);
    head["seed"] = scenario.seed;
    head["scenario"] = Json::parse(scenario.resolvedYaml);
    if (weighs(scenario.regulation)) {
        head["plan"] =
            toJson(planLoads(scenario.scale, scenario.regulation, scenario.weights, scenario.seed),
                   scenario.scale.unit);
    }
    head_ = members(head);
    for (const TestRule& rule : scenario.regulation.tests) {
        testIds_.push_back(rule.id);
        tests_.push_back(toJson(TestResult{rule, Verdict::not_run, {}, {}, {}, {}}, unit_).dump(1));
    }
}

void RecordFile::source(const SourceUncertainty& source, ExactMass max) {
    const auto ppm = [](double fraction) { return std::round(fraction * 1e9) / 1e3; };
    Json json;
    const MassWriter put{json, unit_};
    put.thousandths("step", ExactMass::nearest(source.step));
    json["gain_ppm"] = ppm(source.gain);
    json["drift_ppm"] = ppm(source.drift);
    json["excitation_ppm"] = ppm(source.excitation);
    json["temperature_span_K"] = source.temperatureSpan_K;
    put.thousandths("uncertainty_at_max", ExactMass::nearest(source.expandedAt(max.mass())));
    Json whole;
    whole["source"] = std::move(json);
    head_ += "," + members(whole);
}

void RecordFile::step(const WorkStep& step) {
    if (!steps_.empty()) steps_ += ",\n";
    steps_ += fmt::format("[{}, {}, {}]", Json(step.name).dump(), secondsText(step.start),
                          secondsText(step.end));
    lastTime_ = step.end;
}

void RecordFile::second(std::uint64_t stateHash) {
    hashes_ += fmt::format("{}\"{:016x}\"", hashes_.empty() ? "" : ",\n", stateHash);
}

void RecordFile::test(const TestResult& test) {
    for (std::size_t i = 0; i < testIds_.size(); ++i) {
        if (testIds_[i] == test.rule.id) tests_[i] = toJson(test, unit_).dump(1);
    }
    if (path_.empty()) return;
    compose(word(Verdict::interrupted), "", lastTime_, "");
    write();
}

void RecordFile::finish(const VerificationResult& result, SimTime now, std::uint64_t transactions) {
    // A run that never began has none; the record says `not_run` of each.
    for (std::size_t i = 0; i < std::min(tests_.size(), result.tests.size()); ++i)
        tests_[i] = toJson(result.tests[i], unit_).dump(1);
    std::string tail =
        fmt::format(",\n \"retries\": {},\n \"transactions\": {}", result.retries, transactions);
    if (!loop_.empty()) tail += ",\n \"loop\": " + loop_;
    if (!firmware_.empty()) tail += ",\n \"firmware\": " + firmware_;
    compose(word(result.verdict), result.cause, now, tail);
    write();
}

void RecordFile::compose(const char* verdict, const std::string& cause, SimTime now,
                         const std::string& tail) {
    text_.clear();
    text_ += fmt::format("{{\n \"format\": \"jianheng record 1\",\n \"verdict\": \"{}\",", verdict);
    if (!cause.empty()) text_ += fmt::format("\n \"cause\": {},", Json(cause).dump());
    text_ += head_;
    text_ += ",\n \"tests\": [\n";
    for (std::size_t i = 0; i < tests_.size(); ++i) {
        text_ += tests_[i];
        text_ += i + 1 < tests_.size() ? ",\n" : "\n";
    }
    text_ += "],\n \"steps\": [\n" + steps_ + "\n],\n \"state_hashes\": [\n" + hashes_ + "\n]";
    text_ += fmt::format(",\n \"sim_s\": {}{}\n}}\n", secondsText(now), tail);
}

/// Renamed into place: whoever opens it finds a whole record, at any moment.
void RecordFile::write() {
    if (path_.empty() || !problem_.empty()) return;
    const std::filesystem::path part = path_.string() + ".part";
    std::FILE* file = std::fopen(part.c_str(), "wb");
    bool ok = file != nullptr;
    if (ok) ok = std::fwrite(text_.data(), 1, text_.size(), file) == text_.size();
    if (file != nullptr) ok = std::fclose(file) == 0 && ok;
    if (ok) ok = std::rename(part.c_str(), path_.c_str()) == 0;
    if (!ok) problem_ = path_.string() + ": " + std::strerror(errno);
}

}  // namespace jh

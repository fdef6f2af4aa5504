// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/report/read_record.h
#include "hil/report/read_record.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <functional>
#include <nlohmann/json.hpp>

#include "hil/report/record_file.h"
#include "hil/report/version.h"
#include "tests/hil/report/sample_results.h"

namespace bdata = boost::unit_test::data;
using namespace jh;
using namespace jh::test;
using Json = nlohmann::ordered_json;

namespace {

std::string sampleText(Verdict verdict, bool onSource = false) {
    SampleRun sample;
    sample.prepareFor(verdict);
    if (onSource) sample.onSource();
    RecordFile record{sample.scenario, {}};
    if (onSource) record.source(*sample.source, sample.scenario.scale.max());
    sample.listener.onStep = [&](const WorkStep& step) { record.step(step); };
    record.second(0x1234);
    record.second(0xABCDEF);
    record.finish(sample.run(), sample.device.now(), 55);
    return record.text();
}

/// The record written again from what was read.
std::string writtenAgain(const StoredRecord& record) {
    RecordFile file{record.scenario, {}};
    if (record.result.source) file.source(*record.result.source, record.scenario.scale.max());
    for (const WorkStep& step : record.result.steps) file.step(step);
    for (const std::string& hash : record.stateHashes) file.second(std::stoull(hash, nullptr, 16));
    file.finish(record.result, record.simulated, record.transactions);
    return file.text();
}

std::string problemOf(const std::string& text) {
    const auto record = readRecord(text, "r.json");
    return record ? "" : record.error().front().text();
}

struct Damage {
    const char* name;
    std::function<void(Json&)> change;
    const char* problem;
    friend std::ostream& operator<<(std::ostream& os, const Damage& d) { return os << d.name; }
};

const Damage damages[] = {
    {"foreign", [](Json& j) { j["format"] = "other record 1"; }, "is no record of jianheng"},
    {"no format", [](Json& j) { j.erase("format"); }, "is no record of jianheng"},
    {"no scenario", [](Json& j) { j.erase("scenario"); }, "scenario: is missing"},
    {"bad scenario", [](Json& j) { j["scenario"]["seed"] = "x"; }, "r.json (scenario)"},
    {"no tests", [](Json& j) { j.erase("tests"); }, "tests: is missing"},
    {"tests are no list", [](Json& j) { j["tests"] = 1; }, "tests: expected a list"},
    {"before kinds", [](Json& j) { j["tests"][0]["measurements"][0].erase("kind"); },
     "run its scenario again"},
    {"a later kind", [](Json& j) { j["tests"][0]["measurements"][0]["kind"] = "tipping"; },
     "does not know: tipping"},
    {"mass as a number", [](Json& j) { j["tests"][1]["measurements"][0]["load_kg"] = 200; },
     "tests[1].measurements[0].load_kg: expected text"},
    {"mass with a unit", [](Json& j) { j["tests"][1]["measurements"][0]["load_kg"] = "200 kg"; },
     "tests[1].measurements[0].load_kg: expected a mass in kg"},
    {"verdict", [](Json& j) { j["verdict"] = "passed"; }, "verdict: is no verdict: passed"},
    {"half a truth", [](Json& j) { j["tests"][1]["measurements"][0].erase("unrounded_kg"); },
     "tests[1].measurements[0].unrounded_kg: is missing"},
    {"plan without needs", [](Json& j) { j["plan"].erase("needs"); }, "plan.needs: is missing"},
    {"a plan's yes in words", [](Json& j) { j["plan"]["needs"][0]["there"] = "yes"; },
     "plan.needs[0].there: expected true or false"},
    {"step", [](Json& j) { j["steps"][0].erase(2); }, "expected [name, start, end]"},
    {"time before the start", [](Json& j) { j["sim_s"] = -1; }, "sim_s: expected seconds"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(read_record)

BOOST_DATA_TEST_CASE(a_record_read_and_written_again_is_the_same,
                     bdata::make({Verdict::pass, Verdict::fail, Verdict::error, Verdict::invalid,
                                  Verdict::interrupted}),
                     verdict) {
    const std::string text = sampleText(verdict);
    const auto record = readRecord(text, "r.json");
    BOOST_TEST_REQUIRE(record.has_value());
    BOOST_TEST(writtenAgain(*record) == text);
    BOOST_TEST(record->programVersion == programVersion());
    BOOST_TEST(record->unit == "kg");
}

BOOST_AUTO_TEST_CASE(a_source_is_in_the_record_only_where_there_was_one) {
    const std::string text = sampleText(Verdict::pass, true);
    const auto record = readRecord(text, "r.json");
    BOOST_TEST_REQUIRE(record.has_value());
    BOOST_TEST(writtenAgain(*record) == text);
    BOOST_TEST_REQUIRE(record->result.source.has_value());
    BOOST_TEST(record->result.source->excitation == 20e-6, boost::test_tools::tolerance(1e-9));
    const Json json = Json::parse(text);
    BOOST_TEST(json["source"]["step_kg"] == "0.024");
    // By hand: root of 10^2 + 5^2 + 20^2 is 22.913 ppm, twice that of 100 t; the step is lost in
    // it.
    BOOST_TEST(json["source"]["uncertainty_at_max_kg"] == "4.583");
    const auto parts = [](const std::string& of) {
        std::size_t found = 0;
        for (auto at = of.find("\"source_gain\""); at != of.npos;
             at = of.find("\"source_gain\"", at + 1)) {
            ++found;
        }
        return found;
    };
    std::size_t budgets = 0;
    for (const TestResult& test : record->result.tests) {
        for (const Measurement& m : test.measurements) budgets += m.budget && m.budget->fromSource;
    }
    BOOST_TEST(budgets > 0u);
    BOOST_TEST(parts(text) == budgets);
    const std::string without = sampleText(Verdict::pass);
    BOOST_TEST(!Json::parse(without).contains("source"));
    BOOST_TEST(parts(without) == 0u);
}

BOOST_AUTO_TEST_CASE(the_plan_is_read_as_it_was_made) {
    const auto record = readRecord(sampleText(Verdict::pass), "r.json");
    BOOST_TEST_REQUIRE(record.has_value());
    const Scenario& s = record->scenario;
    const LoadPlan made = planLoads(s.scale, s.regulation, s.weights, s.seed);
    BOOST_TEST_REQUIRE(record->plan.has_value());
    BOOST_TEST_REQUIRE(record->plan->loads.size() == made.loads.size());
    BOOST_TEST(record->plan->loads.back().pieces->material == 4);
    BOOST_TEST((record->plan->loads.back().weightsMpe == made.loads.back().weightsMpe));
    BOOST_TEST_REQUIRE(record->plan->needs.size() == 3u);
    BOOST_TEST((record->plan->needs[1].weights == made.needs[1].weights));
    BOOST_TEST(!record->plan->needs[2].repeatability.has_value());
}

BOOST_AUTO_TEST_CASE(a_record_from_before_the_plan_is_read_without_one) {
    Json json = Json::parse(sampleText(Verdict::pass));
    json.erase("plan");
    const auto record = readRecord(json.dump(), "r.json");
    BOOST_TEST_REQUIRE(record.has_value());
    BOOST_TEST(!record->plan.has_value());
}

BOOST_AUTO_TEST_CASE(members_of_a_later_version_are_passed_over) {
    Json json = Json::parse(sampleText(Verdict::pass));
    json["forecast"] = {{"weights", 20}};
    json["tests"][1]["uncertainty"] = "later";
    json["tests"][1]["measurements"][0]["uncertainty_kg"] = "3.1";
    const auto record = readRecord(json.dump(), "r.json");
    BOOST_TEST_REQUIRE(record.has_value());
    BOOST_TEST(record->result.tests.size() == json["tests"].size());
    BOOST_TEST((record->result.tests[1].measurements[0].uncertainty == ExactMass::g(3100)));
}

BOOST_DATA_TEST_CASE(damage_is_told_with_its_place, bdata::make(damages), damage) {
    Json json = Json::parse(sampleText(Verdict::pass));
    damage.change(json);
    const std::string problem = problemOf(json.dump());
    BOOST_TEST(problem.starts_with("r.json"));
    BOOST_TEST(problem.find(damage.problem) != problem.npos, problem);
}

BOOST_AUTO_TEST_CASE(a_text_cut_off_anywhere_is_refused) {
    const std::string text = sampleText(Verdict::pass);
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{1}, text.size() / 2, text.size() - 3})
        BOOST_TEST(problemOf(text.substr(0, size)).find("is no record") != std::string::npos, size);
    BOOST_TEST(problemOf("\x89PNG\r\n").find("is no record") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

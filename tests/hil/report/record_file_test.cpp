// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/report/record_file.h
#include "hil/report/record_file.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/hil/report/sample_results.h"
#include "tests/support/temporary_folder.h"

namespace bdata = boost::unit_test::data;
using namespace jh;
using namespace jh::test;
using Json = nlohmann::ordered_json;

namespace {

std::string readAll(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream{file, std::ios::binary}.rdbuf();
    return text.str();
}

/// Whether a JSON string is a decimal number of kilograms and nothing else.
bool isMass(const Json& json) {
    return json.is_string() && ExactMass::parseKg(json.get<std::string>()).has_value();
}

const Json& testOf(const Json& record, const std::string& id) {
    for (const Json& test : record["tests"]) {
        if (test["id"] == id) return test;
    }
    throw std::runtime_error{"no test " + id};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(record_file)

BOOST_AUTO_TEST_CASE(the_file_is_whole_and_interrupted_at_every_moment) {
    const TemporaryFolder folder;
    const auto file = folder / "record.json";
    SampleRun sample;
    RecordFile record{sample.scenario, file};
    std::size_t measurements = 0, moments = 0;
    sample.listener.onStep = [&](const WorkStep& step) { record.step(step); };
    const auto look = [&](const TestResult& test) {
        record.test(test);
        const Json json = Json::parse(readAll(file));
        BOOST_TEST_REQUIRE(json["verdict"] == "interrupted");
        BOOST_TEST_REQUIRE(testOf(json, test.rule.id)["measurements"].size() ==
                           test.measurements.size());
        ++moments;
    };
    sample.listener.onMeasurement = [&](const TestResult& test) {
        ++measurements;
        look(test);
    };
    sample.listener.onTestEnd = look;
    const VerificationResult result = sample.run();
    record.finish(result, sample.device.now(), 77);
    BOOST_TEST(record.problem() == "");
    BOOST_TEST(moments == measurements + result.tests.size());
    BOOST_TEST(readAll(file) == record.text());
    const Json json = Json::parse(record.text());
    BOOST_TEST(json["verdict"] == "pass");
    BOOST_TEST(json["transactions"] == 77);
    BOOST_TEST(json["steps"].size() == result.steps.size());
    BOOST_TEST(json["sim_s"].get<double>() == seconds(sample.device.now()));
    BOOST_TEST(!std::filesystem::exists(folder / "record.json.part"));
}

BOOST_AUTO_TEST_CASE(a_test_that_has_not_begun_is_not_run) {
    SampleRun sample;
    const TemporaryFolder folder;
    RecordFile record{sample.scenario, folder / "record.json"};
    const TestRule first = sample.scenario.regulation.tests[0];
    record.test({first, Verdict::pass, {}, {}, {}, {}});
    const Json json = Json::parse(record.text());
    BOOST_TEST(json["tests"].size() == sample.scenario.regulation.tests.size());
    for (const Json& test : json["tests"]) {
        BOOST_TEST(test["verdict"] == (test["id"] == first.id ? "pass" : "not_run"), test["id"]);
    }
}

BOOST_AUTO_TEST_CASE(the_plan_stands_there_from_the_first_moment) {
    SampleRun sample;
    const TemporaryFolder folder;
    RecordFile record{sample.scenario, folder / "record.json"};
    record.test({sample.scenario.regulation.tests[0], Verdict::pass, {}, {}, {}, {}});
    const Json plan = Json::parse(record.text())["plan"];
    BOOST_TEST(plan["substitutions"] == 4);
    const Json expected = {{"text", "Max"},         {"load_kg", "100000"},   {"mpe_kg", "30"},
                           {"material", 4},         {"blocks", 20},          {"hand_weights", 0},
                           {"weights_mpe_kg", "5"}, {"within_a_third", true}};
    BOOST_TEST(plan["loads"].back() == expected, plan["loads"].back());
    BOOST_TEST(plan["needs"][0]["repeatability_kg"] == "4");
    BOOST_TEST(!plan["needs"][2].contains("repeatability_kg"));
    BOOST_TEST(!plan.contains("findings"));
}

BOOST_AUTO_TEST_CASE(without_a_weighing_test_there_is_no_plan) {
    const Scenario scenario = shipped("100t-r76-days");
    RecordFile record{scenario, {}};
    VerificationResult result;
    for (const TestRule& rule : scenario.regulation.tests)
        result.tests.push_back({rule, Verdict::not_run, {}, {}, {}, {}});
    record.finish(result, SimTime{}, 0);
    BOOST_TEST(!Json::parse(record.text()).contains("plan"));
}

BOOST_AUTO_TEST_CASE(masses_are_decimal_text_and_never_binary_fractions) {
    SampleRun sample;
    sample.device.response = [](const OnDeck& d) {
        return d.mass + ExactMass::mg(d.mass.inMg() / 7001);
    };
    RecordFile record{sample.scenario, {}};
    record.finish(sample.run(), sample.device.now(), 0);
    const Json json = Json::parse(record.text());
    std::size_t masses = 0;
    for (const Json& test : json["tests"]) {
        for (const Json& m : test["measurements"]) {
            for (const auto& [key, value] : m.items()) {
                if (!key.ends_with("_kg")) continue;
                const Json parts = value.is_object() ? value : Json::array({value});
                for (const Json& mass : parts) {
                    BOOST_TEST(isMass(mass), key << " is " << value.dump());
                    ++masses;
                }
            }
        }
    }
    BOOST_TEST(masses > 300u);
    for (const char* key : {"max_kg", "min_kg", "e_kg"})
        BOOST_TEST(isMass(json["scale"][key]), key);
}

BOOST_AUTO_TEST_CASE(a_measurement_has_the_members_of_the_issue) {
    SampleRun sample;
    sample.device.zeroLeaves = ExactMass::kg(2);
    RecordFile record{sample.scenario, {}};
    record.finish(sample.run(), sample.device.now(), 0);
    const Json json = Json::parse(record.text());
    const Json& m = testOf(json, "eccentricity")["measurements"][1];
    const Json expected = {{"load_kg", "14200"},
                           {"indication_kg", "14200"},
                           {"added_kg", "8"},
                           {"value_kg", "14202"},
                           {"error_kg", "2"},
                           {"zero_error_kg", "2"},
                           {"corrected_error_kg", "0"},
                           {"limit_kg", "20"},
                           {"verdict", "pass"},
                           {"truth_kg", "14200.000"},
                           {"unrounded_kg", "14202.000"}};
    for (const auto& [key, value] : expected.items())
        BOOST_TEST(m[key] == value, key << ": " << m[key]);
    BOOST_TEST(m["label"] == "support 1L");
    BOOST_TEST(m["kind"] == "support");
    BOOST_TEST(m["detail"] == "1L");
    BOOST_TEST(m["sim_s"].is_number());
}

BOOST_DATA_TEST_CASE(the_verdict_and_its_cause_stand_in_the_record,
                     bdata::make({Verdict::pass, Verdict::fail, Verdict::error, Verdict::invalid,
                                  Verdict::interrupted}) ^
                         bdata::make({"", "", "wait was made to fail", "",
                                      "wait was made to fail"}),
                     verdict, cause) {
    SampleRun sample;
    sample.prepareFor(verdict);
    RecordFile record{sample.scenario, {}};
    record.finish(sample.run(), sample.device.now(), 0);
    const Json json = Json::parse(record.text());
    BOOST_TEST(json["verdict"] == word(verdict));
    BOOST_TEST(json.value("cause", "") == cause);
}

BOOST_AUTO_TEST_CASE(quotes_and_controls_in_text_stay_text) {
    SampleRun sample;
    RecordFile record{sample.scenario, {}};
    const std::string nasty = "line \"1\"\n\\ \x01 秤";
    record.step({nasty, 1s, 2s});
    VerificationResult result;
    for (const TestRule& rule : sample.scenario.regulation.tests)
        result.tests.push_back({rule, Verdict::fail, {}, {nasty}, {}, {}});
    result.cause = nasty;
    record.finish(result, 2s, 0);
    const Json json = Json::parse(record.text());
    BOOST_TEST(json["cause"] == nasty);
    BOOST_TEST(json["steps"][0][0] == nasty);
    BOOST_TEST(json["tests"][0]["findings"][0] == nasty);
}

BOOST_AUTO_TEST_CASE(hashes_and_times_are_exact) {
    SampleRun sample;
    RecordFile record{sample.scenario, {}};
    record.second(0x00000000DEADBEEF);
    record.second(1);
    record.step({"read", SimTime{1}, SimTime{12'345'678'900'000'001}});
    TestResult first{sample.scenario.regulation.tests[0], Verdict::pass, {}, {}, {}, {}};
    BOOST_TEST(record.text() == "");
    record.test(first);  // in memory only: composed at the end
    VerificationResult result;
    for (const TestRule& rule : sample.scenario.regulation.tests)
        result.tests.push_back({rule, Verdict::pass, {}, {}, {}, {}});
    record.finish(result, SimTime{1'500'000'000}, 0);
    const Json json = Json::parse(record.text());
    BOOST_TEST(json["state_hashes"][0] == "00000000deadbeef");
    BOOST_TEST(json["state_hashes"][1] == "0000000000000001");
    BOOST_TEST(record.text().find("[\"read\", 0.000000001, 12345678.900000001]") !=
               std::string::npos);
    BOOST_TEST(record.text().find("\"sim_s\": 1.5") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_written_is_a_problem_once_told) {
    const TemporaryFolder folder;
    SampleRun sample;
    RecordFile record{sample.scenario, folder / "no such folder" / "record.json"};
    record.test(TestResult{sample.scenario.regulation.tests[0], Verdict::pass, {}, {}, {}, {}});
    BOOST_TEST(record.problem().find("No such file") != std::string::npos, record.problem());
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/paper/html_report.h
#include "hil/paper/html_report.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "hil/paper/columns.h"
#include "hil/paper/masses.h"
#include "hil/paper/particulars.h"
#include "hil/paper/tables.h"
#include "hil/report/markup.h"
#include "tests/hil/paper/stored_sample.h"

namespace bdata = boost::unit_test::data;
using namespace jh;
using namespace jh::test;

namespace {

constexpr Verdict verdicts[] = {Verdict::pass, Verdict::fail, Verdict::error, Verdict::invalid,
                                Verdict::interrupted};
constexpr Language languages[] = {Language::en, Language::zh};

}  // namespace

BOOST_AUTO_TEST_SUITE(html_report)

BOOST_DATA_TEST_CASE(every_finding_stands_in_the_page,
                     bdata::make(verdicts) * bdata::make(languages), verdict, language) {
    const StoredRecord record = storedSample(verdict);
    const std::string page = htmlReport(record, {language, false});
    const Masses masses{"kg"};
    std::size_t findings = 0;
    for (const TestResult& test : record.result.tests) {
        for (const Measurement& m : test.measurements) {
            if (m.verdict != Verdict::fail) continue;
            ++findings;
            BOOST_TEST(holds(page, " · " + escaped(label(m, language)) + Say{language}.colon()),
                       label(m, language));
            if (m.limit && m.judged()) {
                BOOST_TEST(holds(page, "<b>" + masses.error(m.judged()) + " kg</b>"));
                BOOST_TEST(holds(page, limitText(*m.limit, masses) + " kg"));
            }
        }
        for (const std::string& reason : test.findings) {
            ++findings;
            BOOST_TEST(count(page, escaped(phrase(reason, language))) >= 2u, reason);
        }
    }
    BOOST_TEST(count(page.substr(0, page.find("id=\"particulars\"")), "<li>") == findings);
    BOOST_TEST((findings > 0) == (verdict != Verdict::pass));
    if (!record.result.cause.empty()) BOOST_TEST(holds(page, escaped(record.result.cause)));
}

BOOST_DATA_TEST_CASE(a_source_has_its_facts_and_its_columns, bdata::make(languages), language) {
    const Say say{language};
    const StoredRecord record =
        storedSample(Verdict::pass, [](SampleRun& sample) { sample.onSource(); });
    const std::string page = htmlReport(record, {language, false});
    BOOST_TEST(holds(page, say("U of the source at Max, k = 2")));
    BOOST_TEST(holds(page, "<td>10 ppm</td>"));
    BOOST_TEST(holds(page, "<td>4 K</td>"));
    const std::string table = uncertaintyTable(record, testOf(record, "weighing"), say);
    BOOST_TEST(holds(table, say("gain of the source")));
    const StoredRecord without = storedSample(Verdict::pass);
    BOOST_TEST(!holds(htmlReport(without, {language, false}), say("One step")));
    BOOST_TEST(!holds(uncertaintyTable(without, testOf(without, "weighing"), say),
                      say("gain of the source")));
}

BOOST_DATA_TEST_CASE(the_verdict_is_a_sign_and_a_word,
                     bdata::make(verdicts) * bdata::make(languages), verdict, language) {
    const std::string page = htmlReport(storedSample(verdict), {language, false});
    const char* sign = verdict == Verdict::pass ? "✓" : verdict == Verdict::fail ? "✗" : "?";
    BOOST_TEST(holds(page, std::string{"<span>"} + sign + "</span>" +
                               phrase(word(verdict), language) + "</div>"));
}

BOOST_AUTO_TEST_CASE(every_measured_value_stands_in_a_table) {
    const StoredRecord record = storedSample(Verdict::pass);
    const std::string page = htmlReport(record, {Language::en, false});
    const Masses masses{"kg"};
    for (const TestResult& test : record.result.tests) {
        const std::size_t from = page.find("<h3 id=\"" + test.rule.id + "\"");
        BOOST_TEST_REQUIRE(from != page.npos);
        const std::string table = page.substr(from, page.find("</table>", from) - from);
        BOOST_TEST(count(table, "<tr") == test.measurements.size() + 1);
        for (const Measurement& m : test.measurements) {
            for (const auto& mass : {m.load, m.indication, m.added, m.value}) {
                if (mass) BOOST_TEST(holds(table, ">" + masses.number(mass) + "<"));
            }
            for (const auto& mass : {m.error, m.zeroError, m.correctedError}) {
                if (mass) BOOST_TEST(holds(table, ">" + masses.error(mass) + "<"));
            }
            if (m.truth) BOOST_TEST(holds(table, ">" + masses.number(m.truth->onDeck) + "<"));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_value_from_memory_says_so_beside_its_clause) {
    const StoredRecord record = storedSample(Verdict::pass);
    const std::string page = htmlReport(record, {Language::en, false});
    std::size_t unsure = 0;
    for (const TestResult& test : record.result.tests) {
        if (test.rule.certainty.empty()) continue;
        ++unsure;
        BOOST_TEST(holds(page, "class=\"clause\">" + escaped(test.rule.clause) +
                                   " <span class=\"verify\">" + escaped(test.rule.certainty)));
        BOOST_TEST(holds(page, "<td>" + escaped(test.rule.clause) + " ⚠</td>"));
    }
    BOOST_TEST(unsure > 0u);
    // Below the summary, and over each picture that shows a limit: test loads, two curves, the map.
    BOOST_TEST(count(page, "class=\"verify\"") == unsure + 5);
}

BOOST_AUTO_TEST_CASE(a_failed_limit_from_memory_says_so_where_it_is_told) {
    const StoredRecord record = storedSample(Verdict::fail);
    for (const Language language : languages) {
        const std::string page = htmlReport(record, {language, false});
        const std::size_t from = page.find("id=\"findings\"");
        const std::string findings = page.substr(from, page.find("</section>", from) - from);
        BOOST_TEST(holds(findings,
                         escaped(phrase(testOf(record, "eccentricity").rule.certainty, language))));
    }
}

BOOST_DATA_TEST_CASE(test_loads_stand_there_to_scale_and_in_numbers, bdata::make(languages),
                     language) {
    const StoredRecord record = storedSample(Verdict::pass);
    const std::string table = loadPlanTable(record, Say{language});
    // A box for each load of material (2000 e: 1, 1/2 Max: 2, Max: 4), and one in the legend.
    BOOST_TEST(holds(table, "<td>4 W + 20 × 1000</td>"));
    BOOST_TEST(count(table, "url(#material)") == 1u + 2u + 4u + 1u);
    BOOST_TEST(count(table, "<tr>") == 2 + record.plan->loads.size() + 3);
    BOOST_TEST(holds(table, phrase("any within the mpe", language)));
    BOOST_TEST(holds(table, phrase(testOf(record, "weighing").note, language)));
    BOOST_TEST(holds(htmlReport(record, {language, false}), table));
    StoredRecord older = record;
    older.plan.reset();
    BOOST_TEST(loadPlanTable(older, Say{language}) == "");
}

BOOST_DATA_TEST_CASE(a_plan_that_cannot_be_met_says_why, bdata::make(languages), language) {
    const StoredRecord record = storedSample(Verdict::invalid);
    BOOST_TEST(!record.plan->findings.empty());
    const std::string table = loadPlanTable(record, Say{language});
    for (const std::string& finding : record.plan->findings)
        BOOST_TEST(holds(table, escaped(phrase(finding, language))));
}

BOOST_DATA_TEST_CASE(an_adjustment_stands_as_found_beside_as_left, bdata::make(languages),
                     language) {
    const StoredRecord record = storedSample(Verdict::pass);
    TestResult test;
    const auto add = [&](MeasurementKind kind, const char* detail, int error_kg) {
        Measurement m;
        m.kind = kind;
        m.detail = detail;
        m.load = ExactMass::kg(14'000);
        m.correctedError = ExactMass::kg(error_kg);
        if (kind == MeasurementKind::asLeft) m.limit = ExactMass::kg(20);
        test.measurements.push_back(m);
    };
    add(MeasurementKind::asFound, "2L", 40);
    add(MeasurementKind::asFound, "20000 kg", 18);
    BOOST_TEST(count(adjustmentTable(record, test, Say{language}, "x"), "<rect") == 2u);
    add(MeasurementKind::asLeft, "2L", -4);
    add(MeasurementKind::asLeft, "20000 kg", 2);
    const std::string table = adjustmentTable(record, test, Say{language}, "x");
    BOOST_TEST(count(table, "<tr>") == 3u);
    BOOST_TEST(count(table, "<rect") == 4u);
    BOOST_TEST(holds(table, phrase("support", language) +
                                " 2L</td><td class=\"n\">14000</td><td class=\"n\">+40</td>"
                                "<td class=\"n\">−4</td><td class=\"n\">±20</td>"));
    BOOST_TEST(adjustmentTable(record, testOf(record, "weighing"), Say{language}, "x") == "");
}

BOOST_AUTO_TEST_CASE(the_truth_can_be_hidden_and_a_real_scale_has_none) {
    StoredRecord record = storedSample(Verdict::pass);
    BOOST_TEST(holds(htmlReport(record, {Language::en, false}), "<body>"));
    BOOST_TEST(holds(htmlReport(record, {Language::en, true}), "<body class=\"no-truth\">"));
    BOOST_TEST(holds(htmlReport(record, {Language::en, true}), ">Show ground truth</button>"));
    for (TestResult& test : record.result.tests) {
        for (Measurement& m : test.measurements) m.truth.reset();
    }
    const std::string real = htmlReport(record, {Language::en, false});
    BOOST_TEST(!holds(real, "<button id=\"truth\""));
    BOOST_TEST(!holds(real, "class=\"simulated\""));
    BOOST_TEST(!holds(real, "n truth"));
}

BOOST_AUTO_TEST_CASE(pounds_are_shown_where_the_record_is_in_pounds) {
    StoredRecord record = storedSample(Verdict::pass);
    record.unit = "lb";
    const std::string page = htmlReport(record, {Language::en, false});
    BOOST_TEST(holds(page, "<th>lb</th>"));
    BOOST_TEST(holds(page, "220462.262 lb"));  // 100 t
    BOOST_TEST(!holds(page, "<th>kg</th>"));
}

BOOST_AUTO_TEST_CASE(the_same_record_gives_the_same_page) {
    const StoredRecord record = storedSample(Verdict::fail);
    BOOST_TEST(
        (htmlReport(record, {Language::zh, false}) == htmlReport(record, {Language::zh, false})));
    const std::string page = htmlReport(record, {Language::en, false});
    BOOST_TEST(holds(page, "0000000000001234"));
    BOOST_TEST(holds(page, "jianheng replay 100t-jjg539-initial.json"));
}

BOOST_AUTO_TEST_CASE(only_an_inspection_in_use_gives_no_validity) {
    Regulation regulation;
    for (const char* stage : {"initial", "subsequent", "type", "acceptance"}) {
        regulation.stage = stage;
        BOOST_TEST(givesValidity(regulation), stage);
    }
    for (const char* stage : {"in-use", "in_use", "in-service"}) {
        regulation.stage = stage;
        BOOST_TEST(!givesValidity(regulation), stage);
    }
}

BOOST_AUTO_TEST_SUITE_END()

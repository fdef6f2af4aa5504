// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/paper/html_report.h
#include "hil/paper/html_report.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "hil/paper/columns.h"
#include "hil/paper/masses.h"
#include "hil/paper/particulars.h"
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
        BOOST_TEST(holds(page, escaped(test.rule.clause) + " <span class=\"verify\">" +
                                   escaped(test.rule.certainty)));
    }
    BOOST_TEST(unsure > 0u);
    BOOST_TEST(count(page, "class=\"verify\"") == unsure);
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

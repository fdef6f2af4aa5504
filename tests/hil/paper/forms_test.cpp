// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/paper/forms.h
#include "hil/paper/forms.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "hil/paper/masses.h"
#include "hil/report/markup.h"
#include "tests/hil/paper/stored_sample.h"

namespace bdata = boost::unit_test::data;
using namespace jh;
using namespace jh::test;

namespace {

using Forms = std::vector<Form>;

StoredRecord inUse(Verdict verdict) {
    StoredRecord record = storedSample(verdict);
    record.scenario.regulation.stage = "in-use";
    return record;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(forms)

BOOST_AUTO_TEST_CASE(names_and_forms_belong_together) {
    BOOST_TEST(formNames().size() == 6u);
    BOOST_TEST((formNamed("auto") == Form::automatic));
    BOOST_TEST((formNamed("r76-2") == Form::r76_2));
}

BOOST_AUTO_TEST_CASE(the_regulation_and_the_verdict_choose_the_form) {
    StoredRecord pass = storedSample(Verdict::pass);
    BOOST_TEST((automaticForms(pass) == Forms{Form::record, Form::certificate}));
    BOOST_TEST((automaticForms(storedSample(Verdict::fail)) == Forms{Form::record, Form::notice}));
    for (const Verdict verdict : {Verdict::error, Verdict::invalid, Verdict::interrupted})
        BOOST_TEST((automaticForms(storedSample(verdict)) == Forms{Form::record}), word(verdict));
    BOOST_TEST((automaticForms(inUse(Verdict::pass)) == Forms{Form::record, Form::notice}));
    pass.scenario.regulation.id = "OIML R 76-1:2006";
    BOOST_TEST((automaticForms(pass) == Forms{Form::r76_2}));
    pass.scenario.regulation.id = "NIST HB 44 2.20";
    BOOST_TEST((automaticForms(pass) == Forms{Form::hb44}));
    pass.scenario.regulation.id = "of somewhere else";
    BOOST_TEST((automaticForms(pass) == Forms{Form::record}));
}

BOOST_AUTO_TEST_CASE(no_certificate_for_a_scale_that_did_not_pass) {
    const StoredRecord pass = storedSample(Verdict::pass), fail = storedSample(Verdict::fail);
    BOOST_TEST(formProblem(pass, Form::certificate) == "");
    BOOST_TEST(formProblem(fail, Form::notice) == "");
    BOOST_TEST(holds(formProblem(fail, Form::certificate), "--form notice"));
    BOOST_TEST(holds(formProblem(pass, Form::notice), "--form certificate"));
    BOOST_TEST(holds(formProblem(storedSample(Verdict::error), Form::certificate), "error"));
    BOOST_TEST(holds(formProblem(inUse(Verdict::pass), Form::certificate), "--form notice"));
    BOOST_TEST(formProblem(inUse(Verdict::pass), Form::notice) == "");
    for (const Form form : {Form::record, Form::r76_2, Form::hb44, Form::automatic})
        BOOST_TEST(formProblem(storedSample(Verdict::interrupted), form) == "");
}

BOOST_AUTO_TEST_CASE(what_the_office_told_is_filled_in_and_the_rest_is_a_line) {
    StoredRecord record = storedSample(Verdict::pass);
    const std::string empty = formHtml(record, Form::certificate, Language::zh);
    record.scenario.office = {"县计量检定测试所",
                              "某某物流",
                              "某路 1 号",
                              "某厂",
                              "SCS-100",
                              "A <1>",
                              "",
                              "甲",
                              "乙",
                              "R-1",
                              "C-2",
                              "S-3",
                              12};
    record.scenario.date = std::chrono::year{2026} / 3 / 10;
    const std::string full = formHtml(record, Form::certificate, Language::zh);
    for (const char* text : {"县计量检定测试所", "某某物流", "某厂", "SCS-100", "A &lt;1&gt;", "甲",
                             "乙", "C-2", "2026-03-10", "2027-03-09"}) {
        BOOST_TEST(holds(full, text), text);
        BOOST_TEST(!holds(empty, text), text);
    }
    BOOST_TEST(count(empty, "class=\"blank\"") > count(full, "class=\"blank\"") + 6);
}

BOOST_AUTO_TEST_CASE(an_inspection_in_use_gives_no_new_validity) {
    StoredRecord record = inUse(Verdict::pass);
    record.scenario.date = std::chrono::year{2026} / 3 / 10;
    record.scenario.office.validMonths = 12;
    for (const Form form : {Form::record, Form::notice}) {
        const std::string text = formHtml(record, form, Language::en);
        BOOST_TEST(!holds(text, "2027-03-09"));
        BOOST_TEST(holds(text, "gives no new period of validity"));
    }
}

BOOST_DATA_TEST_CASE(a_notice_names_what_failed, bdata::make({Language::en, Language::zh}),
                     language) {
    const StoredRecord record = storedSample(Verdict::fail);
    const std::string text = formHtml(record, Form::notice, language);
    const Masses masses{"kg"};
    std::size_t failed = 0;
    for (const TestResult& test : record.result.tests) {
        for (const Measurement& m : test.measurements) {
            if (m.verdict != Verdict::fail) continue;
            ++failed;
            BOOST_TEST(holds(text, escaped(label(m, language))));
            if (m.limit && m.judged()) BOOST_TEST(holds(text, masses.error(m.judged()) + " kg"));
        }
    }
    BOOST_TEST(failed > 0u);
}

BOOST_AUTO_TEST_CASE(the_record_form_has_every_test_and_both_legs_side_by_side) {
    const StoredRecord record = storedSample(Verdict::pass);
    const std::string text = formHtml(record, Form::record, Language::zh);
    for (const TestResult& test : record.result.tests)
        BOOST_TEST(holds(text, " " + test.rule.titleZh + "</h3>"), test.rule.id);
    BOOST_TEST(holds(text, "<th class=\"n\">↑</th><th class=\"n\">↓</th>"));
    // 1/2 Max comes up and down: one row with both indications.
    BOOST_TEST(holds(text,
                     "<td class=\"n\">50000</td><td class=\"n\">50000</td>"
                     "<td class=\"n\">50000</td>"));
}

BOOST_DATA_TEST_CASE(every_form_says_which_values_are_from_memory,
                     bdata::make({Language::en, Language::zh}), language) {
    const std::string mark = escaped(phrase(
        "value from general knowledge of R 76, verify against the regulation's text", language));
    const StoredRecord pass = storedSample(Verdict::pass), fail = storedSample(Verdict::fail);
    for (const Form form : {Form::record, Form::certificate, Form::r76_2, Form::hb44})
        BOOST_TEST(holds(formHtml(pass, form, language), "⚠ " + mark));
    // Beside each item that failed, and below the table of all tests.
    BOOST_TEST(count(formHtml(fail, Form::notice, language), "⚠ " + mark) > 2u);
}

BOOST_DATA_TEST_CASE(the_weighing_test_tells_weights_and_substitutions,
                     bdata::make({Language::en, Language::zh}), language) {
    const StoredRecord record = storedSample(Verdict::pass);
    const std::string line = language == Language::en
                                 ? "Weights at hand: 20000 kg · Substitutions: 4 · repeatability 0"
                                 : "现有砝码：20000 kg · 替代次数：4 · 重复性 0 kg";
    for (const Form form : {Form::record, Form::r76_2, Form::hb44})
        BOOST_TEST(count(formHtml(record, form, language), line) == 1u);
}

BOOST_AUTO_TEST_CASE(handbook_44_has_tolerances) {
    StoredRecord record = storedSample(Verdict::pass);
    record.scenario.regulation.id = "NIST HB 44 2.20";
    BOOST_TEST(holds(formHtml(record, Form::hb44, Language::en), ">tolerance</th>"));
    BOOST_TEST(!holds(formHtml(record, Form::hb44, Language::en), ">mpe</th>"));
    BOOST_TEST(holds(formHtml(record, Form::hb44, Language::zh), ">允差</th>"));
    BOOST_TEST(!holds(formHtml(record, Form::hb44, Language::zh), ">mpe</th>"));
}

BOOST_AUTO_TEST_CASE(no_form_shows_the_truth_and_every_page_of_a_simulation_says_so) {
    StoredRecord record = storedSample(Verdict::pass);
    for (const Form form : {Form::record, Form::certificate, Form::r76_2, Form::hb44}) {
        const std::string text = formHtml(record, form, Language::en);
        BOOST_TEST(!holds(text, "truth"));
        BOOST_TEST(holds(text, "@top-center { content: \"SIMULATED SCALE"));
    }
    for (TestResult& test : record.result.tests) {
        for (Measurement& m : test.measurements) m.truth.reset();
    }
    BOOST_TEST(!holds(formHtml(record, Form::record, Language::en), "SIMULATED"));
}

BOOST_AUTO_TEST_CASE(a_sheet_for_each_test_tells_the_state_of_the_zero_device) {
    StoredRecord record = storedSample(Verdict::pass);
    std::string text = formHtml(record, Form::r76_2, Language::en);
    BOOST_TEST(count(text, "class=\"next-page\"") == record.result.tests.size());
    for (const char* sheet : {"Sheet 1<", "Sheet 3.1<", "Sheet 4.1<", "Sheet 5<", "Sheet 6.1<"})
        BOOST_TEST(holds(text, sheet), sheet);
    BOOST_TEST(holds(text, "☒ out of working range"));
    record.scenario.settings.trackingRate_d_s = 0.0;
    text = formHtml(record, Form::r76_2, Language::en);
    BOOST_TEST(!holds(text, "☒ out of working range"));
    BOOST_TEST(holds(text, "☒ not in operation"));
}

BOOST_AUTO_TEST_CASE(names_cannot_leave_the_foot_of_the_page) {
    StoredRecord record = storedSample(Verdict::pass);
    record.scenario.name = "a\"; } </style><b> \\";
    const std::string text = formHtml(record, Form::record, Language::en);
    BOOST_TEST(count(text, "</style>") == 1u);
    BOOST_TEST(holds(text, "content: \"a; } /style>b>  · seed 1"));
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/report/words.h
#include "hil/report/words.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <set>

#include "tests/hil/report/sample_results.h"

namespace bdata = boost::unit_test::data;
using namespace jh;
using namespace jh::test;

namespace {

Measurement ofKind(MeasurementKind kind) {
    Measurement m;
    m.kind = kind;
    if (kind == MeasurementKind::identity) m.detail = "firmware";
    if (kind == MeasurementKind::appearance) {
        m.detail = "Seals whole";
        m.detailZh = "铅封完好";
    }
    return m;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(words)

BOOST_AUTO_TEST_CASE(every_kind_of_measurement_has_a_label_in_both_languages) {
    std::set<std::string> english, chinese;
    for (const MeasurementKind kind : allKinds) {
        const std::string en = label(ofKind(kind), Language::en),
                          zh = label(ofKind(kind), Language::zh);
        BOOST_TEST(!en.empty());
        BOOST_TEST(zh != en);
        BOOST_TEST(displayWidth(zh) < zh.size(), zh << " has no Chinese in it");
        english.insert(en);
        chinese.insert(zh);
    }
    BOOST_TEST(english.size() == std::size(allKinds));
    BOOST_TEST(chinese.size() == english.size());
}

BOOST_AUTO_TEST_CASE(details_stand_in_the_label) {
    Measurement m = ofKind(MeasurementKind::support);
    m.detail = "3R";
    BOOST_TEST(label(m, Language::en) == "support 3R");
    BOOST_TEST(label(m, Language::zh).find("3R") != std::string::npos);
    m.kind = MeasurementKind::zeroError;
    BOOST_TEST(label(m, Language::en) == "E0 before 3R");
    m.kind = MeasurementKind::placement;
    m.detail = "2";
    BOOST_TEST(label(m, Language::zh) == "第 2 次");
}

BOOST_DATA_TEST_CASE(every_verdict_has_a_chinese_word, bdata::make(allVerdicts), verdict) {
    BOOST_TEST(phrase(word(verdict), Language::en) == word(verdict));
    BOOST_TEST(phrase(word(verdict), Language::zh) != word(verdict));
}

BOOST_AUTO_TEST_CASE(unknown_phrases_come_back_as_they_are) {
    BOOST_TEST(phrase("100000 kg", Language::zh) == "100000 kg");
}

BOOST_AUTO_TEST_CASE(a_chinese_character_takes_two_columns) {
    BOOST_TEST(displayWidth("") == 0u);
    BOOST_TEST(displayWidth("Max 20 kg") == 9u);
    BOOST_TEST(displayWidth("秤") == 2u);
    BOOST_TEST(displayWidth("零点误差 E0，") == 13u);  // the full-width comma too
    BOOST_TEST(displayWidth("ü") == 1u);
    BOOST_TEST(padLeft("秤", 5) == "   秤");
    BOOST_TEST(padRight("秤", 5) == "秤   ");
    BOOST_TEST(padRight("too long", 5) == "too long");
}

BOOST_AUTO_TEST_SUITE_END()

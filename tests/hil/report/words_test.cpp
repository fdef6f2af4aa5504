// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/report/words.h
#include "hil/report/words.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <filesystem>
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
    m.detail = "2, Max";
    BOOST_TEST(label(m, Language::zh) == "第 2 次，Max");
    m.kind = MeasurementKind::putBack;
    m.detail = "Min";
    BOOST_TEST(label(m, Language::zh) == "放回小砝码，Min");
}

BOOST_DATA_TEST_CASE(every_verdict_has_a_chinese_word, bdata::make(allVerdicts), verdict) {
    BOOST_TEST(phrase(word(verdict), Language::en) == word(verdict));
    BOOST_TEST(phrase(word(verdict), Language::zh) != word(verdict));
}

BOOST_AUTO_TEST_CASE(every_kind_of_measurement_has_a_name_of_its_own_in_files) {
    std::set<std::string> names;
    for (const MeasurementKind kind : allKinds) {
        BOOST_TEST((kindNamed(kindName(kind)) == kind), kindName(kind));
        names.insert(kindName(kind));
    }
    BOOST_TEST(names.size() == std::size(allKinds));
    BOOST_TEST(!kindNamed("no such kind"));
}

BOOST_AUTO_TEST_CASE(findings_are_known_with_what_they_hold) {
    BOOST_TEST(phrase("no change-over within 2 e", Language::zh) == "2 e 以内未出现闪变点");
    BOOST_TEST(phrase("1/2 Max: taking off 1 d does not move the indication", Language::zh) ==
               "1/2 Max：取下 1 d 后示值不变");
    BOOST_TEST(phrase("not enough weights: a repeatability of 8 kg asks for 50000 kg, at hand are "
                      "20000 kg, missing are 30000 kg",
                      Language::zh) ==
               "砝码不足：重复性为 8 kg，需要砝码 50000 kg，现有 20000 kg，尚缺 30000 kg");
    BOOST_TEST(phrase("value from general knowledge of R 76, verify against the regulation's text",
                      Language::zh) == "取值来自对 R 76 的一般了解，须与规程原文核对");
    BOOST_TEST(
        phrase("repeatability 3 kg: 1/5 Max = 20000 kg of weights are asked for, at hand are "
               "20000 kg",
               Language::zh) == "重复性 3 kg：需要砝码 1/5 Max = 20000 kg，现有 20000 kg");
    BOOST_TEST(phrase("no change-over within 2 d", Language::zh) == "no change-over within 2 d");
}

BOOST_AUTO_TEST_CASE(every_mark_of_certainty_that_is_shipped_is_known_in_chinese) {
    std::size_t marks = 0;
    for (const auto& file : std::filesystem::directory_iterator{dataFolder() / "verifications"}) {
        const Scenario scenario = shipped(file.path().stem().string());
        const std::string& stage = scenario.regulation.stage;
        BOOST_TEST(phrase(stage, Language::zh) != stage, stage);
        for (const TestRule& rule : scenario.regulation.tests) {
            if (rule.certainty.empty()) continue;
            BOOST_TEST(phrase(rule.certainty, Language::zh) != rule.certainty, rule.certainty);
            ++marks;
        }
    }
    BOOST_TEST(marks > 0u);
}

BOOST_AUTO_TEST_CASE(details_of_a_label_are_in_the_language_of_the_reader) {
    Measurement m = ofKind(MeasurementKind::rolling);
    m.detail = "50 %, reverse";
    BOOST_TEST(label(m, Language::zh) == "滚动载荷 50 %，反向");
    m.kind = MeasurementKind::up;
    m.detail = "weights";
    BOOST_TEST(label(m, Language::zh) == "加载 砝码");
    m.detail = "Max";
    BOOST_TEST(label(m, Language::zh) == "加载 Max");
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

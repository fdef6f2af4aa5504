// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/procedure/weighing.cpp
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/hil/procedure/ideal_verification.h"

namespace bdata = boost::unit_test::data;
using namespace jh;
using namespace jh::test;

namespace {

/// 0.1 e of the 100 t scale: the resolution of the change-over method.
constexpr ExactMass step = ExactMass::kg(2);

struct WeighingOnly : IdealVerification {
    explicit WeighingOnly(const std::string& name = "100t-jjg539-initial")
        : IdealVerification{name} {
        only({"repeatability", "weighing", "zero_return"});
    }
    /// 1.0002 L, and zero set 3 kg high.
    void gainAndOffset() {
        device.response = [](const OnDeck& d) { return d.mass + d.mass.dividedBy(5000); };
        device.zeroLeaves = ExactMass::kg(3);
    }
};

struct ErrorCase {
    int load_t, error_kg;
};
// 1.0002 L + 3 kg where a substitution happens, and at Max.
const ErrorCase gainErrors[] = {{20, 7}, {40, 11}, {60, 15}, {80, 19}, {100, 23}};

/// Errors at whole multiples of W on the way up, by load in t.
std::map<int, ExactMass> errorsUp(const TestResult& test) {
    std::map<int, ExactMass> errors;
    for (const Measurement& m : test.measurements) {
        if (m.kind != MeasurementKind::up && m.kind != MeasurementKind::substitution) continue;
        errors[static_cast<int>(m.load->wholeParts(ExactMass::kg(1000)))] = *m.error;
    }
    return errors;
}

/// What happened between the zero error and the zero return.
std::vector<IdealScale::Move> seriesMoves(const IdealVerification& v, const VerificationResult& r) {
    const SimTime from = of(resultOf(r, "weighing"), MeasurementKind::zeroError).front().at;
    const SimTime to = resultOf(r, "zero_return").measurements.front().at;
    std::vector<IdealScale::Move> moves;
    for (const IdealScale::Move& move : v.device.moves) {
        if (move.at > from && move.at <= to) moves.push_back(move);
    }
    return moves;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(weighing)

BOOST_AUTO_TEST_CASE(twenty_tonnes_need_four_substitutions_for_a_hundred) {
    WeighingOnly v;
    v.gainAndOffset();
    const VerificationResult result = v.run();
    const TestResult& test = resultOf(result, "weighing");
    BOOST_TEST(of(test, MeasurementKind::match).size() == 4u);
    const auto errors = errorsUp(test);
    for (const ErrorCase& c : gainErrors) {
        // Exact material: only the method's own resolution is left.
        const ExactMass low = ExactMass::kg(c.error_kg) - errors.at(c.load_t);
        BOOST_TEST((low >= ExactMass{} && low < step), c.load_t << " t: " << errors.at(c.load_t));
    }
}

BOOST_AUTO_TEST_CASE(material_becomes_equal_to_the_weights_whatever_the_gain) {
    WeighingOnly v;
    v.gainAndOffset();
    // Shovelled together by eye, up to 45 kg off.
    v.device.materialError = [](int i) { return ExactMass::g(37'300 - 27'450 * i); };
    std::map<int, ExactMass> materialAt;
    v.listener.onMeasurement = [&](const TestResult& test) {
        if (test.measurements.back().kind != MeasurementKind::match) return;
        materialAt[v.device.deck.of(LoadKind::material)] = v.device.deck.mass;
    };
    const VerificationResult result = v.run();
    const TestResult& test = resultOf(result, "weighing");
    BOOST_TEST(v.device.calls["trim"] >= 4);
    BOOST_REQUIRE_EQUAL(materialAt.size(), 4u);
    for (const auto& [count, mass] : materialAt) {
        // Each comparison is good to the resolution of two change-overs' common grid.
        BOOST_TEST((mass - count * ExactMass::kg(20'000)).abs() < count * step,
                   count << ": " << mass);
    }
    const auto errors = errorsUp(test);
    for (const ErrorCase& c : gainErrors) {
        const int substitutions = c.load_t / 20 - 1;
        const ExactMass off = errors.at(c.load_t) - ExactMass::kg(c.error_kg);
        BOOST_TEST(off.abs() <= (substitutions + 1) * step, c.load_t << " t: off " << off);
    }
    for (const Measurement& m : of(test, MeasurementKind::match))
        BOOST_TEST(m.error == ExactMass{});
}

BOOST_AUTO_TEST_CASE(material_that_cannot_be_made_equal_fails_the_test) {
    WeighingOnly v;
    // The first substitution load weighs 4 kg more after every other trim.
    v.device.response = [&v](const OnDeck& d) {
        const bool alone = d.of(LoadKind::block) == 0 && d.of(LoadKind::material) == 1;
        return d.mass + (alone && v.device.calls["trim"] % 2 == 0 ? ExactMass::kg(4) : ExactMass{});
    };
    const TestResult test = resultOf(v.run(), "weighing");
    BOOST_TEST(test.verdict == Verdict::fail);
    const auto matches = of(test, MeasurementKind::match);
    BOOST_REQUIRE_EQUAL(matches.size(), 4u);
    BOOST_TEST(matches[0].verdict == Verdict::fail);
    BOOST_TEST(matches[0].error == ExactMass::kg(4));
    for (std::size_t i = 1; i < 4; ++i) BOOST_TEST(matches[i].verdict == Verdict::pass);
    BOOST_TEST(v.device.calls["trim"] == 10);
}

struct RuleCase {
    const char* name;
    int e_kg, range_kg, blocks;
    const char* needed;  ///< empty: the weights suffice
    friend std::ostream& operator<<(std::ostream& os, const RuleCase& c) {
        return os << "R = " << c.range_kg << " kg, " << c.blocks << " t" << c.name;
    }
};
// R 76-1 3.7.3: 1/5 Max for R <= 0.2 e, 1/3 for R <= 0.3 e, 1/2 for any other.
const RuleCase rules[] = {
    {"", 20, 4, 20, ""},
    {"", 20, 6, 20, "33333 kg"},
    {"", 20, 6, 33, "33333 kg"},
    {"", 20, 6, 34, ""},
    {"", 20, 8, 34, "50000"},
    {"", 20, 8, 50, ""},
    {", e = 50", 50, 10, 20, ""},
    {", e = 50", 50, 15, 20, "33333 kg"},
    {", e = 50", 50, 20, 34, "50000"},
};

BOOST_DATA_TEST_CASE(repeatability_decides_how_many_weights_are_enough, bdata::make(rules), c) {
    WeighingOnly v;
    v.use(ExactMass::kg(c.e_kg));
    v.scenario.weights.blocks = c.blocks;
    // The second of three loadings after the adjustment is off.
    v.countLoadingsAfterAdjustment();
    const ExactMass off = ExactMass::kg(c.range_kg);
    v.device.response = [off](const OnDeck& d) {
        return d.mass + (d.blockLoadings == 2 && d.of(LoadKind::block) > 0 ? off : ExactMass{});
    };
    const VerificationResult result = v.run();
    const TestResult &repeatability = resultOf(result, "repeatability"),
                     &weighing = resultOf(result, "weighing");
    BOOST_TEST(of(repeatability, MeasurementKind::range).at(0).error == off);
    BOOST_TEST(repeatability.verdict == Verdict::pass);
    // On record either way.
    BOOST_TEST(weighing.note.starts_with("repeatability " + off.kgText() + " kg: 1/"),
               weighing.note);
    BOOST_TEST(weighing.note.ends_with("at hand are " + std::to_string(c.blocks) + "000 kg"),
               weighing.note);
    if (*c.needed == '\0') {
        BOOST_TEST(weighing.verdict == Verdict::pass, failures(weighing));
        BOOST_TEST(result.verdict == Verdict::pass);
        return;
    }
    BOOST_TEST(weighing.verdict == Verdict::not_run);
    const std::string text = failures(weighing);
    BOOST_TEST(text.find("not enough weights") != text.npos);
    BOOST_TEST(text.find(std::string{"asks for "} + c.needed) != text.npos, text);
    BOOST_TEST(text.find("missing are") != text.npos);
    BOOST_TEST(result.verdict == Verdict::invalid);
    BOOST_TEST(weighing.measurements.empty());
    // And what depends on it says so.
    BOOST_TEST(resultOf(result, "zero_return").verdict == Verdict::not_run);
}

BOOST_AUTO_TEST_CASE(without_repeatability_there_is_no_substitution) {
    IdealVerification v;
    v.only({"weighing"});
    const VerificationResult result = v.run();
    BOOST_TEST(result.tests[0].verdict == Verdict::not_run);
    BOOST_TEST(result.tests[0].findings.at(0) == "repeatability is not known");
}

BOOST_DATA_TEST_CASE(the_receptor_never_bears_less_than_the_zero_load, bdata::make(shippedHealthy),
                     name) {
    WeighingOnly v{name};
    const VerificationResult result = v.run();
    const ExactMass zeroLoad = 10 * v.scenario.scale.firstInterval();
    const auto moves = seriesMoves(v, result);
    BOOST_TEST(moves.size() > 20u);
    for (const IdealScale::Move& move : moves) BOOST_TEST(move.nominal >= zeroLoad);
}

BOOST_AUTO_TEST_CASE(with_weights_enough_the_load_only_rises_and_then_only_falls) {
    WeighingOnly v;
    v.enoughWeights();
    const VerificationResult result = v.run();
    // 400 kg of hand weights come on before the last blocks go, so that tracking finds no zero.
    const ExactMass handWeights = ExactMass::kg(500);
    ExactMass before;
    bool falling = false;
    for (const IdealScale::Move& move : seriesMoves(v, result)) {
        falling = falling || before == v.scenario.scale.max();
        const ExactMass change = falling ? before - move.nominal : move.nominal - before;
        BOOST_TEST(change >= -handWeights, "to " << move.nominal << " from " << before);
        before = move.nominal;
    }
    BOOST_TEST(falling);
    BOOST_TEST(of(resultOf(result, "weighing"), MeasurementKind::match).empty());
}

BOOST_DATA_TEST_CASE(every_point_is_met_on_the_way_up_and_down, bdata::make(shippedHealthy), name) {
    WeighingOnly v{name};
    const VerificationResult result = v.run();
    const TestResult& test = resultOf(result, "weighing");
    std::vector<ExactMass> up, down;
    for (const Measurement& m : of(test, MeasurementKind::up)) up.push_back(*m.load);
    for (const Measurement& m : of(test, MeasurementKind::down)) down.push_back(*m.load);
    BOOST_TEST(up.front() == v.scenario.scale.min());
    BOOST_TEST(up.back() == v.scenario.scale.max());
    BOOST_CHECK(std::is_sorted(up.begin(), up.end()));
    // The same points in reverse, without Max.
    up.pop_back();
    std::reverse(down.begin(), down.end());
    BOOST_CHECK(up == down);
}

BOOST_AUTO_TEST_CASE(an_error_that_grows_with_the_load_fails_where_the_limit_is_passed) {
    WeighingOnly v;
    // +0.04 %: 4 kg at 10 t, 16 at 40 t, 20 at 50 t, 40 at 100 t; limits 10, 20, 30, 30 kg.
    v.device.response = [](const OnDeck& d) { return d.mass + d.mass.dividedBy(2500); };
    const TestResult test = resultOf(v.run(), "weighing");
    BOOST_TEST(test.verdict == Verdict::fail);
    for (const Measurement& m : test.measurements) {
        if (m.kind == MeasurementKind::match) continue;
        const bool atMax = m.load == ExactMass::kg(100'000) || m.load == ExactMass::kg(80'000);
        BOOST_TEST(m.verdict == (atMax ? Verdict::fail : Verdict::pass),
                   *m.load << ": " << m.judged());
    }
}

BOOST_AUTO_TEST_SUITE_END()

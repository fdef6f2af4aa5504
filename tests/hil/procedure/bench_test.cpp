// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/procedure/bench.h
#include "hil/procedure/bench.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/hil/procedure/ideal_verification.h"

namespace bdata = boost::unit_test::data;
using namespace jh;
using namespace jh::test;

namespace {

struct ChangeOverCase {
    int e_g;
    std::int64_t load_g, true_g, indication_g, added_g, value_g, error_g;
    friend std::ostream& operator<<(std::ostream& os, const ChangeOverCase& c) {
        return os << c.true_g << " g at e = " << c.e_g << " g";
    }
};
// P = I + e/2 - dL, E = P - L (R 76-1 A.4.4.3). The last one is the quantiser's own example: the
// estimate is below the truth by less than one small weight.
const ChangeOverCase changeOvers[] = {
    {5, 1000, 1001, 1000, 1500, 1001, 1},
    {10'000, 20'000'000, 19'996'000, 20'000'000, 9000, 19'996'000, -4000},
    {50'000, 0, 5000, 0, 20'000, 5000, 5000},
    {50'000, 500'000, 495'000, 500'000, 30'000, 495'000, -5000},
    {50'000, 25'000'000, 24'985'000, 25'000'000, 40'000, 24'985'000, -15'000},
    {20'000, 200'000, 202'000, 200'000, 8000, 202'000, 2000},
    {20'000, 40'000'000, 40'024'000, 40'020'000, 6000, 40'024'000, 24'000},
    {50'000, 25'000'000, 24'987'000, 25'000'000, 40'000, 24'985'000, -15'000},
};

/// One load made of one block of this mass, and the scale off by a constant.
Measurement measured(IdealVerification& v, ExactMass load, ExactMass offset) {
    v.device.response = [offset](const OnDeck& d) { return d.mass + offset; };
    Bench bench = v.bench();
    if (load > ExactMass{}) {
        v.scenario.weights.block = load;
        bench.bring({1, 0, 0, 0, std::nullopt});
    }
    return bench.changeOver();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(bench)

BOOST_DATA_TEST_CASE(change_over_finds_the_value_before_rounding, bdata::make(changeOvers), c) {
    IdealVerification v;
    v.use(ExactMass::g(c.e_g));
    const ExactMass load = ExactMass::g(c.load_g), truth = ExactMass::g(c.true_g);
    const Measurement m = measured(v, load, truth - load);
    // The first row, in grams of a small balance, has small weights of half a gram.
    const ExactMass added = c.e_g == 5 ? ExactMass::mg(c.added_g) : ExactMass::g(c.added_g);
    BOOST_TEST(m.load == load);
    BOOST_TEST(m.indication == ExactMass::g(c.indication_g));
    BOOST_TEST(m.added == added);
    BOOST_TEST(m.value == ExactMass::g(c.value_g));
    BOOST_TEST(m.error == ExactMass::g(c.error_g));
    BOOST_TEST(m.finding == "");
    BOOST_TEST(m.truth->onDeck == load);
    BOOST_TEST(m.truth->unrounded == truth);
    BOOST_TEST(v.device.deck.of(LoadKind::smallWeight) == 0);
}

BOOST_AUTO_TEST_CASE(change_over_lies_below_the_truth_by_less_than_a_small_weight) {
    // A law: for any true value, value in (true - 0.1 e, true]. Steps of a prime number of grams
    // over more than two intervals, around a round load and around zero.
    for (const int e_kg : {10, 20, 50}) {
        const ExactMass e = ExactMass::kg(e_kg), small = e.dividedBy(10);
        for (const ExactMass load : {ExactMass{}, 10 * e, 1234 * e}) {
            for (ExactMass off = -e; off <= e; off += ExactMass::g(743)) {
                IdealVerification v;
                v.use(e);
                const Measurement m = measured(v, load, off);
                const ExactMass low = load + off - *m.value;
                BOOST_TEST_REQUIRE((low >= ExactMass{} && low < small),
                                   load << " off by " << off << " at e = " << e << ": " << m.value);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(change_over_knows_the_interval_that_comes_next) {
    // At the top of the first range, 60 t by 20 kg, the display steps by 50 kg already.
    for (const int load_kg : {59'980, 60'000, 60'050, 100'000}) {
        for (const int off_g : {-3000, 0, 1500, 9000}) {
            IdealVerification v{"150t-60t-multi-jjg539-initial"};
            const ExactMass load = ExactMass::kg(load_kg), truth = load + ExactMass::g(off_g);
            const ExactMass small = v.scenario.scale.intervalAt(load).dividedBy(10);
            const Measurement m = measured(v, load, truth - load);
            const ExactMass low = truth - *m.value;
            BOOST_TEST((low >= ExactMass{} && low < small), truth << " found as " << m.value);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_key_that_is_refused_is_pressed_again_at_rest) {
    IdealVerification v;
    Bench bench = v.bench();
    v.device.fail("zero", IoError::Kind::refused, 2);
    bench.zero();
    BOOST_TEST(v.device.calls["zero"] == 3);
    v.device.fail("tare", IoError::Kind::refused);
    BOOST_CHECK_EXCEPTION(bench.tare(), ScaleFinding, [](const ScaleFinding& finding) {
        return std::string{finding.what()} == "refused: tare was made to fail";
    });
}

// A gust moves the indication between the last reading and the command.
BOOST_AUTO_TEST_CASE(an_adjustment_that_is_refused_is_tried_again_a_while_later) {
    IdealVerification v;
    Bench bench = v.bench();
    v.device.fail("adjustSpan", IoError::Kind::refused, 2);
    const SimTime begin = v.device.now();
    bench.adjustSpan(ExactMass::kg(20'000));
    BOOST_TEST(v.device.calls["adjustSpan"] == 3);
    BOOST_TEST((v.device.now() - begin >= 2 * bench.weights().settle));
    v.device.fail("adjustZero", IoError::Kind::refused);
    BOOST_CHECK_THROW(bench.adjustZero(), ScaleFinding);
}

BOOST_AUTO_TEST_CASE(bring_never_puts_more_than_max_on_the_scale) {
    // Tare 6 t and 20 t of weights, then material for the weights: 46 t if it came first.
    IdealVerification v{"30t-jjg539-initial"};
    Bench bench = v.bench();
    bench.bring({20, 0, 0, 1, std::nullopt});
    bench.bring({4, 0, 1, 1, std::nullopt});
    for (const IdealScale::Move& move : v.device.moves) {
        BOOST_TEST(move.nominal <= v.scenario.scale.max());
    }
    BOOST_TEST(bench.nominalLoad() == ExactMass::kg(24'000));
    BOOST_TEST(v.device.deck.mass == ExactMass::kg(30'000));
}

BOOST_AUTO_TEST_CASE(no_change_over_within_two_e_is_a_finding) {
    IdealVerification v;
    v.use(ExactMass::kg(50));
    v.device.deadBand = ExactMass::kg(100);  // 2 e
    const Measurement m = measured(v, ExactMass::kg(25'000), {});
    BOOST_TEST(m.finding == "no change-over within 2 e");
    BOOST_TEST(m.value == m.indication);
    BOOST_TEST(v.device.deck.of(LoadKind::smallWeight) == 0);
}

BOOST_AUTO_TEST_CASE(change_over_of_a_net_load_is_that_of_the_net_value) {
    IdealVerification v;
    Bench bench = v.bench();
    bench.bring({0, 0, 0, 1, std::nullopt});  // tare load
    bench.tare();
    v.device.response = [](const OnDeck& d) { return d.mass + ExactMass::kg(-7); };
    bench.bring({5, 0, 0, 1, std::nullopt});
    const Measurement m = bench.changeOver(true);
    BOOST_TEST(m.load == ExactMass::kg(5000));
    BOOST_TEST(m.error == ExactMass::kg(-8));  // of -7 the 2 kg step below
}

BOOST_AUTO_TEST_CASE(bring_never_dips_below_the_smaller_of_old_and_new) {
    IdealVerification v;
    Bench bench = v.bench();
    const Pieces stages[] = {bench.zeroLoadPieces(), {20, 0, 0, 0, {}}, {0, 10, 0, 0, {}},
                             {0, 0, 1, 0, {}},       {7, 3, 1, 0, {}},  {15, 0, 0, 0, {}}};
    ExactMass before;
    for (const Pieces& stage : stages) {
        const std::size_t from = v.device.moves.size();
        bench.bring(stage);
        const ExactMass floor = std::min(before, bench.nominalLoad());
        for (std::size_t i = from; i < v.device.moves.size(); ++i) {
            BOOST_TEST(v.device.moves[i].nominal >= floor);
        }
        BOOST_TEST(v.device.moves.back().nominal == bench.nominalLoad());
        before = bench.nominalLoad();
    }
}

BOOST_AUTO_TEST_CASE(clear_leaves_an_empty_and_untared_scale) {
    IdealVerification v;
    Bench bench = v.bench();
    bench.bring({3, 2, 1, 1, std::nullopt});
    bench.prepareSmallWeights(ExactMass::kg(3000));
    bench.smallWeights(4);
    bench.tare();
    bench.clear();
    BOOST_TEST(v.device.deck.mass == ExactMass{});
    BOOST_TEST(v.device.calls["clearTare"] == 1);
    BOOST_TEST(!v.device.read()->tare.has_value());
}

BOOST_AUTO_TEST_CASE(pieces_make_up_a_load_exactly_or_not_at_all) {
    IdealVerification v;  // 20 x 1 t, 25 x 20 kg
    const Bench bench = v.bench();
    const auto pieces = bench.piecesFor(ExactMass::kg(43'400), 2);
    BOOST_REQUIRE(pieces.has_value());
    BOOST_TEST(pieces->blocks == 3);
    BOOST_TEST(pieces->handWeights == 20);
    BOOST_TEST(!bench.piecesFor(ExactMass::kg(3410), 0).has_value());    // no half hand weight
    BOOST_TEST(!bench.piecesFor(ExactMass::kg(3520), 0).has_value());    // 26 hand weights
    BOOST_TEST(!bench.piecesFor(ExactMass::kg(21'000), 0).has_value());  // 21 blocks
    BOOST_TEST(!bench.piecesFor(ExactMass::kg(1000), 1).has_value());    // less than the material
    BOOST_TEST(bench.fewestSubstitutions(ExactMass::kg(50'000), 4).material == 2);
    BOOST_CHECK_THROW(bench.fewestSubstitutions(ExactMass::kg(50'000), 1), TestNotPossible);
}

BOOST_AUTO_TEST_SUITE_END()

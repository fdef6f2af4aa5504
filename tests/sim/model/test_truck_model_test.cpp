// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for sim/model/test_truck_model.h, standard_weight.h and load_layout.h
#include "sim/model/test_truck_model.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <set>

#include "sim/model/load_layout.h"
#include "sim/model/standard_weight.h"

namespace bdata = boost::unit_test::data;
using namespace jh;

namespace {

CraneModel crane() {
    CraneModel c;
    c.chart = {{Length{4.5}, Mass{2500}}, {Length{6.0}, Mass{2050}}, {Length{9.7}, Mass{1050}}};
    return c;
}

ScaleModel scaleOf(std::vector<Length> modules, double width_m = 3.0) {
    ScaleModel scale;
    scale.deck.width = Length{width_m};
    scale.deck.moduleLengths = std::move(modules);
    Length x;
    scale.deck.supportLines = {x};
    for (const Length module : scale.deck.moduleLengths) {
        x = x + module;
        scale.deck.supportLines.push_back(x);
    }
    scale.cells = standardCellPlaces(scale.deck);
    return scale;
}

VehicleModel truck() {
    VehicleModel v;
    for (const double x_m : {0.0, 3.8, 5.15}) {
        AxleModel axle;
        axle.position = Length{x_m};
        axle.load = Mass{x_m == 0.0 ? 7000.0 : 9000.0};
        axle.unsprung = Mass{800.0};
        v.axles.push_back(axle);
    }
    return v;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(test_truck_model)

BOOST_AUTO_TEST_CASE(a_load_chart_ends_at_the_reach) {
    BOOST_TEST(crane().mostAt(Length{3.0}).si() == 2500.0);
    BOOST_TEST(crane().mostAt(Length{4.5}).si() == 2500.0);
    BOOST_TEST(crane().mostAt(Length{4.51}).si() == 2050.0);
    BOOST_TEST(crane().mostAt(Length{9.7}).si() == 1050.0);
    BOOST_TEST(crane().mostAt(Length{9.71}).si() == 0.0);
    BOOST_TEST(crane().reach().si() == 9.7);
}

struct Trip {
    int pieces;
    double mass_kg, minutes;
    friend std::ostream& operator<<(std::ostream& os, const Trip& t) {
        return os << t.pieces << " x " << t.mass_kg << " kg";
    }
};
// Counted cycles of 1.5 to 2.5 min: docs/test-weight-truck.md.
const Trip trips[] = {{20, 1000.0, 40.0}, {10, 2000.0, 25.0}, {40, 500.0, 60.0}};
BOOST_DATA_TEST_CASE(a_crane_takes_as_long_as_crews_say, trips, trip) {
    const SimTime each = craneCycle(crane(), Length{5.0}, Mass{trip.mass_kg});
    BOOST_TEST(trip.pieces * seconds(each) / 60.0 == trip.minutes,
               boost::test_tools::tolerance(0.2));
}

BOOST_AUTO_TEST_CASE(further_out_and_heavier_takes_longer) {
    const SimTime near = craneCycle(crane(), Length{5.0}, Mass{1000.0});
    BOOST_CHECK(craneCycle(crane(), Length{9.0}, Mass{1000.0}) > near);
    BOOST_CHECK(craneCycle(crane(), Length{5.0}, Mass{2000.0}) > near);
    BOOST_CHECK(near > hookTime(crane()));
}

BOOST_AUTO_TEST_CASE(another_load_keeps_the_centre_of_gravity) {
    const VehicleModel loaded = withTotal(truck(), Mass{20'000.0});
    BOOST_TEST(staticsOf(loaded).total.si() == 20'000.0, boost::test_tools::tolerance(1e-12));
    // 9 t at 3.8 m and 5.15 m, 25 t in all.
    BOOST_TEST(centreOfGravity(truck()).si() == 9.0 * (3.8 + 5.15) / 25.0,
               boost::test_tools::tolerance(1e-12));
    BOOST_TEST(centreOfGravity(loaded).si() == centreOfGravity(truck()).si(),
               boost::test_tools::tolerance(1e-12));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(standard_weight)

BOOST_AUTO_TEST_CASE(blocks_are_cast_in_the_usual_sizes) {
    for (const auto& [mass_kg, side_m, height_m] :
         {std::tuple{500.0, 0.40, 0.45}, {1000.0, 0.60, 0.48}, {2000.0, 0.75, 0.55}}) {
        const BlockSize size = blockSize(Mass{mass_kg});
        BOOST_TEST(size.side.si() == side_m);
        BOOST_TEST(size.height.si() == height_m);
        // Cast iron with its cavity: 7.1 to 7.3 t/m3 of the block's gross volume, less for handles.
        const double castDensity = mass_kg / 1000.0 / (side_m * side_m * height_m);  // t/m3
        BOOST_TEST(castDensity > 5.7);
        BOOST_TEST(castDensity < 7.3);
    }
    // 1000 lb: a cube of 7.2 t/m3.
    BOOST_TEST(blockSize(Mass{453.59237}).side.si() == std::cbrt(453.59237 / 7200.0),
               boost::test_tools::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(every_weight_is_an_individual_of_its_class) {
    WeightsModel weights;
    std::set<double> errors;
    for (int i = 0; i < weights.blocks; ++i) {
        const StandardWeight one = drawBlock(weights, i, 7), again = drawBlock(weights, i, 7);
        BOOST_TEST(one.mass().si() == again.mass().si());
        BOOST_TEST(std::abs(one.error.si()) <= 0.050);  // M1, 1 t: OIML R 111-1 Table 1
        BOOST_TEST(one.mass().si() == 1000.0 + one.error.si());
        errors.insert(one.error.si());
    }
    BOOST_TEST(errors.size() == 20u);
    BOOST_TEST(drawBlock(weights, 0, 7).error.si() != drawBlock(weights, 0, 8).error.si());
    BOOST_TEST(drawBlock(weights, 6, 7).name == "1000 kg No. 7");
}

BOOST_AUTO_TEST_CASE(caps_and_edges_are_missing_on_as_many_as_told) {
    WeightsModel weights;
    weights.condition = {Mass{0.4}, 3, Mass{1.5}, 2, Mass{0.2}};
    int lacksCap = 0, lacksEdge = 0;
    for (int i = 0; i < weights.blocks; ++i) {
        const StandardWeight one = drawBlock(weights, i, 3);
        BOOST_TEST(one.dirt.si() >= 0.0);
        BOOST_TEST(one.dirt.si() <= 0.4);
        const double lost_kg = one.losses.si();
        lacksCap += lost_kg > 1.4 ? 1 : 0;
        lacksEdge += std::fmod(lost_kg + 1e-9, 1.5) > 0.1 ? 1 : 0;
        BOOST_TEST(one.mass().si() == 1000.0 + (one.error + one.dirt - one.losses).si(),
                   boost::test_tools::tolerance(1e-12));
    }
    BOOST_TEST(lacksCap == 3);
    BOOST_TEST(lacksEdge == 2);
}

BOOST_AUTO_TEST_CASE(rain_wets_a_block_by_less_than_a_kilogram) {
    const StandardWeight one = drawBlock(WeightsModel{}, 0, 3);
    const double water_kg = (one.wetMass() - one.mass()).si();
    BOOST_TEST(water_kg > 0.1);
    BOOST_TEST(water_kg < 1.0);
}

BOOST_AUTO_TEST_CASE(a_certificate_ends_the_day_before_its_birthday) {
    using namespace std::chrono_literals;
    using std::chrono::year_month_day;
    WeightsCertificate c{"x", year_month_day{2026y / 3 / 10}, 12};
    BOOST_CHECK(c.until() == year_month_day(2027y / 3 / 9));
    c = {"x", year_month_day{2026y / 8 / 31}, 6};  // no 31 February
    BOOST_CHECK(c.until() == year_month_day(2027y / 2 / 27));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(load_layout)

struct Yard {
    const char* name;
    std::vector<Length> modules;
    double block_t;
    int blocks;
    bool withTruck;
    friend std::ostream& operator<<(std::ostream& os, const Yard& y) { return os << y.name; }
};
const Yard yards[] = {
    {"20 x 1 t on 18 m", {Length{6}, Length{6}, Length{6}}, 1.0, 20, false},
    {"20 x 1 t on 7 m", {Length{7}}, 1.0, 20, false},
    {"30 x 1 t on 21 m", {Length{7}, Length{7}, Length{7}}, 1.0, 30, false},
    {"10 x 2 t on 18 m", {Length{6}, Length{6}, Length{6}}, 2.0, 10, false},
    {"40 x 500 kg on 14 m", {Length{7}, Length{7}}, 0.5, 40, false},
    {"20 x 1 t and a truck on 18 m", {Length{6}, Length{6}, Length{6}}, 1.0, 20, true},
};

BOOST_DATA_TEST_CASE(no_block_stands_in_another_or_beside_the_deck, yards, yard) {
    const ScaleModel scale = scaleOf(yard.modules);
    WeightsModel weights;
    weights.blocks = yard.blocks;
    weights.block = ExactMass::g(static_cast<std::int64_t>(yard.block_t * 1e6));
    if (yard.withTruck) weights.substitution = {{SubstitutionKind::truck, 0.0, truck()}, {}};
    const LoadLayout layout{scale, weights};
    const double side_m = blockSize(weights.block.mass()).side.si();
    const double length_m = scale.deck.length().si();
    const auto check = [&](const auto& placeOf) {
        for (int i = 0; i < yard.blocks; ++i) {
            const BlockPlace a = placeOf(i);
            BOOST_TEST(a.x.si() >= side_m / 2.0 - 1e-9);
            BOOST_TEST(a.x.si() <= length_m - side_m / 2.0 + 1e-9);
            BOOST_TEST(std::abs(a.y.si()) <= 1.5 - side_m / 2.0 + 1e-9);
            for (int k = 0; k < i; ++k) {
                const BlockPlace b = placeOf(k);
                const double apart_m =
                    std::max(std::abs((a.x - b.x).si()), std::abs((a.y - b.y).si()));
                BOOST_TEST((a.layer != b.layer || apart_m >= side_m - 1e-9),
                           i << " and " << k << " are " << apart_m << " m apart");
            }
        }
    };
    check([&](int i) { return layout.spread(i); });
    for (std::size_t support = 0; support < scale.cells.size(); ++support) {
        check([&](int i) { return layout.atSupport(i, support); });
    }
    for (int pair = 0; pair < yard.blocks / 2; ++pair) {
        const BlockPlace a = layout.spread(2 * pair), b = layout.spread(2 * pair + 1);
        BOOST_TEST((a.x + b.x).si() == length_m, boost::test_tools::tolerance(1e-12));
        BOOST_TEST(std::abs((a.y + b.y).si()) < 1e-12);
        BOOST_TEST(a.layer == b.layer);
    }
    if (!yard.withTruck) return;
    // From its tail to its nose, with its centre of gravity over the middle.
    const double front_m = frontAxleOver(truck(), Length{length_m / 2.0}).si();
    for (int i = 0; i < yard.blocks; ++i) {
        const double x_m = layout.spread(i).x.si();
        BOOST_TEST((x_m - side_m / 2.0 > front_m + 1.4 || x_m + side_m / 2.0 < front_m - 6.15));
    }
}

BOOST_AUTO_TEST_SUITE_END()

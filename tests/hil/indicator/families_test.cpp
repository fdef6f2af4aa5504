// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/indicator/simulated_station.h and hil/driver/modbus_indicator.h: every shipped
// family weighs, tares and refuses over its own map. Bytes of either half alone:
// manual_frames_test.cpp.
#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "hil/driver/modbus_indicator.h"
#include "hil/indicator/simulated_station.h"
#include "tests/support/direct_client.h"
#include "tests/support/indicator_rig.h"
#include "tests/support/printers.h"
#include "tests/support/shipped.h"

using namespace jh;
using namespace jh::test;

namespace {

const char* const families[] = {
    "jh-r1",      "flintec-ft11x", "flintec-ft10",  "laumas",         "rs485-transmitter",
    "pavone-dat", "rinstrum-c500", "dingsong-4821", "flintec-dad141", "jh-dc1"};

template <class T>
std::string why(const Expected<T, IoError>& outcome) {
    return outcome ? "" : outcome.error().text;
}

struct Family {
    explicit Family(const std::string& name)
        : profile{loadIndicator(dataFolder() / "indicators" / (name + ".yaml")).value()} {
        if (profile.commands.count("adjust_span") != 0) {
            BOOST_TEST(indicator.adjustZero().has_value());
            weigh(20'000);
            const auto adjusted = indicator.adjustSpan(ExactMass::kg(20'000));
            BOOST_TEST(adjusted.has_value(), why(adjusted));
        } else {  // at the keys, by a person
            jh_core_execute(rig.core.state(), now_us(), JH_CORE_UNLOCK, 0);
            jh_core_execute(rig.core.state(), now_us(), JH_CORE_ADJUST_ZERO, 0);
            weigh(20'000);
            jh_core_execute(rig.core.state(), now_us(), JH_CORE_ADJUST_SPAN, 20'000'000'000);
        }
        weigh(0);
    }
    std::uint64_t now_us() const { return static_cast<std::uint64_t>(rig.now() / 1us); }
    void weigh(std::int64_t kg) {
        rig.kg = kg;
        rig.advance(5s);
    }
    /// After as many readings as a family without a stability bit needs.
    Reading read() {
        for (int i = 0; i < 3; ++i) {
            static_cast<void>(indicator.read());
            rig.advance(readingGrid);
        }
        const auto reading = indicator.read();
        BOOST_REQUIRE_MESSAGE(reading.has_value(), why(reading));
        return *reading;
    }

    IndicatorRig rig;
    IndicatorProfile profile;
    ScaleModel scale{shipped("100t-jjg539-initial").scale};
    SimulatedStation station{profile, rig.core, [this] { return rig.now(); }};
    DirectClient client{station};
    ModbusIndicator indicator{profile, client, rig, scale};
};

template <class Check>
void forEachFamily(const Check& check) {
    for (const char* name : families) {
        BOOST_TEST_CONTEXT(name) {
            Family family{name};
            check(family);
        }
    }
}

bool has(const Family& f, const char* bit) {
    return f.profile.statusBits.count(bit) != 0;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(families)

BOOST_AUTO_TEST_CASE(weighs_to_the_interval_either_side_of_zero) {
    forEachFamily([](Family& f) {
        for (const std::int64_t kg : {0, 20, 4'320, 12'340, 65'540, 99'980, -60}) {
            f.weigh(kg);
            const Reading r = f.read();
            BOOST_TEST(r.gross == ExactMass::kg(kg));
            BOOST_TEST(r.net == ExactMass::kg(kg));
            BOOST_TEST(r.interval == ExactMass::kg(20));
            BOOST_TEST(r.weightStable);
            BOOST_TEST(r.centerOfZero == (kg == 0));
        }
    });
}

BOOST_AUTO_TEST_CASE(a_glance_knows_the_gross_value_before_any_reading) {
    forEachFamily([](Family& f) {
        f.weigh(12'340);
        ModbusIndicator fresh{f.profile, f.client, f.rig, f.scale};
        const SimTime before = f.rig.now();
        const auto gross = fresh.glance();
        BOOST_REQUIRE_MESSAGE(gross.has_value(), why(gross));
        BOOST_TEST((*gross == ExactMass::kg(12'340)));
        BOOST_TEST((f.rig.now() == before));
    });
}

// Signal of 20 t, told to be 20,003 kg: no quotient of whole numbers, and an error grows to 90 t.
BOOST_AUTO_TEST_CASE(a_span_adjusted_by_numbers_loses_nothing_on_its_way) {
    Family f{"dingsong-4821"};
    f.weigh(20'000);
    BOOST_TEST(f.indicator.adjustSpan(ExactMass::kg(20'003)).has_value());
    f.weigh(90'000);
    BOOST_TEST(f.rig.core.unrounded(MassUnit::kg)->mass().si() == 90'013.5,
               boost::test_tools::tolerance(1e-7));
}

BOOST_AUTO_TEST_CASE(tares_and_shows_net) {
    forEachFamily([](Family& f) {
        f.weigh(8'000);
        const auto tared = f.indicator.tare();
        BOOST_TEST(tared.has_value(), why(tared));
        f.weigh(20'000);
        Reading r = f.read();
        BOOST_TEST(r.gross == ExactMass::kg(20'000));
        BOOST_TEST(r.net == ExactMass::kg(12'000));
        BOOST_TEST(r.tare == ExactMass::kg(8'000));
        f.weigh(3'000);
        BOOST_TEST(f.read().net == ExactMass::kg(-5'000));
        BOOST_TEST(f.indicator.clearTare().has_value());
        BOOST_TEST(f.read().net == ExactMass::kg(3'000));
    });
}

BOOST_AUTO_TEST_CASE(zero_is_set_at_rest_within_range_and_twice_in_a_row) {
    forEachFamily([](Family& f) {
        for (const std::int64_t kg : {140, 260}) {
            f.weigh(kg);
            const auto done = f.indicator.zero();
            BOOST_TEST(done.has_value(), why(done));
            BOOST_TEST(f.read().gross == ExactMass{});
        }
        f.weigh(5'000);
        const auto refused = f.indicator.zero();
        BOOST_REQUIRE(!refused.has_value());
        BOOST_TEST((refused.error().kind == IoError::Kind::refused ||
                    refused.error().kind == IoError::Kind::exception));
    });
}

BOOST_AUTO_TEST_CASE(motion_blocks_zero_and_tare) {
    forEachFamily([](Family& f) {
        f.weigh(200);
        f.rig.moving = true;
        f.rig.advance(2s);
        BOOST_TEST(!f.read().weightStable);
        BOOST_TEST(!f.indicator.zero().has_value());
        BOOST_TEST(!f.indicator.tare().has_value());
        f.rig.moving = false;
        f.rig.advance(5s);
        BOOST_TEST(f.read().gross == ExactMass::kg(200));
    });
}

BOOST_AUTO_TEST_CASE(overload_shows_no_weight) {
    forEachFamily([](Family& f) {
        f.weigh(100'180);
        BOOST_TEST(f.read().gross == ExactMass::kg(100'180));
        f.weigh(100'200);
        const Reading r = f.read();
        BOOST_TEST(r.overload);
        BOOST_TEST(!r.gross.has_value());
        BOOST_TEST(!r.net.has_value());
    });
}

BOOST_AUTO_TEST_CASE(an_open_cell_raises_the_fault_bit_and_shows_no_weight) {
    forEachFamily([](Family& f) {
        if (!has(f, "fault")) return;
        f.weigh(10'000);
        f.rig.saturated = true;
        f.rig.advance(2s);
        const Reading r = f.read();
        BOOST_TEST(r.fault);
        BOOST_TEST(!r.gross.has_value());
    });
}

BOOST_AUTO_TEST_SUITE_END()

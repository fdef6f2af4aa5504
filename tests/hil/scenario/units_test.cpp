// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/scenario/units.h
#include "hil/scenario/units.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <limits>

#include "sim/base/noise.h"

namespace bdata = boost::unit_test::data;
using namespace jh;

BOOST_AUTO_TEST_SUITE(units)

struct Written {
    const char *text, *number, *unit;
    friend std::ostream& operator<<(std::ostream& os, const Written& w) { return os << w.text; }
};
const Written quantities[] = {{"30 t", "30", "t"},
                              {"0.3 %", "0.3", "%"},
                              {"-2.50 mV/V", "-2.5", "mV/V"},
                              {"10 e", "10", "e"},
                              {"1e5 N/m", "100000", "N/m"},
                              {"2.0E-3 V/V", "0.002", "V/V"},
                              {"30", "30", ""},
                              {"200 MN m^2", "200", "MN m^2"},
                              {"30t", "30", "t"},
                              {"0 m", "0", "m"},
                              {"30 kN/m per m", "30", "kN/m per m"}};
BOOST_DATA_TEST_CASE(quantities_come_apart, bdata::make(quantities), c) {
    const auto read = parseQuantity(c.text);
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST(read->number.text() == c.number);
    BOOST_TEST(read->unit == c.unit);
}

BOOST_DATA_TEST_CASE(what_begins_with_no_number_is_none,
                     bdata::make({"", "t", "- 3 t", ".5 m", "5. m", "nan", "inf", "--1"}), text) {
    BOOST_TEST(!parseQuantity(text).has_value());
}

BOOST_AUTO_TEST_CASE(a_change_of_unit_rounds_nothing) {
    BOOST_TEST(parseQuantity("0.3 %")->number.shifted(-2).toDouble().value() == 0.003);
    BOOST_TEST(parseQuantity("420 kN/mm")->number.shifted(6).toDouble().value() == 4.2e8);
    BOOST_TEST(parseQuantity("0.1 t")->number.shifted(9).toInteger().value() == 100'000'000);
    BOOST_TEST(!parseQuantity("0.0000001 kg")->number.shifted(6).toInteger().has_value());
    BOOST_TEST(!parseQuantity("1e30 kg")->number.shifted(6).toInteger().has_value());
}

BOOST_AUTO_TEST_CASE(every_double_reads_back_from_its_text) {
    NoiseStream luck{1, "doubles"};
    for (int i = 0; i < 100'000; ++i) {
        const double value = std::bit_cast<double>(luck.bits());
        const double magnitude = std::abs(value);
        if (!(magnitude > 1e-290) || magnitude > 1e290) continue;
        const auto read = parseQuantity(Decimal::from(value).text());
        BOOST_REQUIRE(read.has_value());
        BOOST_REQUIRE(read->number.toDouble() == value);
    }
}

BOOST_AUTO_TEST_CASE(every_integer_reads_back_from_its_text) {
    for (const std::int64_t value :
         {std::numeric_limits<std::int64_t>::min() + 1, std::int64_t{-1}, std::int64_t{0},
          std::int64_t{1200}, std::numeric_limits<std::int64_t>::max()}) {
        BOOST_TEST(parseQuantity(Decimal::from(value).text())->number.toInteger().value() == value);
    }
}

BOOST_AUTO_TEST_CASE(kilometres_an_hour_are_the_one_unit_with_a_divisor) {
    const Unit* kmh = dimensionOf<SpeedTag>().find("km/h");
    BOOST_REQUIRE(kmh != nullptr);
    const double read = Decimal::from(std::int64_t{18}).shifted(kmh->power).toDouble().value();
    BOOST_TEST(read * kmh->times / kmh->over == 5.0);
}

BOOST_AUTO_TEST_CASE(times_come_with_their_unit) {
    using namespace std::chrono_literals;
    BOOST_TEST((parseTime("250 ms") == 250ms));
    BOOST_TEST((parseTime("10s") == 10s));
    BOOST_TEST((parseTime("1.5 min") == 90s));
    for (const char* wrong : {"", "10", "10 kg", "-1 s", "99999999999 h"}) {
        BOOST_TEST(!parseTime(wrong).has_value(), wrong);
    }
}

BOOST_AUTO_TEST_SUITE_END()

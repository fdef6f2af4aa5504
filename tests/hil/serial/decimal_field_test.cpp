// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/serial/decimal_field.h
#include "hil/serial/decimal_field.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/hil/serial/lumps.h"
#include "tests/support/printers.h"

namespace bdata = boost::unit_test::data;
using namespace jh;

BOOST_AUTO_TEST_SUITE(decimal_field)

BOOST_AUTO_TEST_CASE(digits_are_digits_only) {
    BOOST_TEST(parseDigits("001220").value() == 1220);
    BOOST_TEST(parseDigits("999999999999").value() == 999'999'999'999);
    for (const char* text : {"", " 1", "1 ", "-1", "+1", "1.0", "1e3", "0x1", "1000000000000"})
        BOOST_TEST(!parseDigits(text).has_value(), text);
}

BOOST_AUTO_TEST_CASE(a_point_stands_behind_a_digit) {
    const auto three = parseDecimal("0003.000");
    BOOST_TEST(three.value().digits == 3000);
    BOOST_TEST(three.value().decimals == 3);
    BOOST_TEST(parseDecimal("12.").value().decimals == 0);
    BOOST_TEST(parseDecimal("100000").value().decimals == 0);
    for (const char* text : {".5", ".", "1.2.3"})
        BOOST_TEST(parseDecimal(text).error() == FrameFault::decimals, text);
    for (const char* text : {"", "1.-2", "8:08.5", "--"})
        BOOST_TEST(parseDecimal(text).error() == FrameFault::digits, text);
}

BOOST_AUTO_TEST_CASE(a_mass_is_exact_in_its_unit) {
    BOOST_TEST(massOf({1220, 0}, SerialUnit::kg) == ExactMass::kg(1220));
    BOOST_TEST(massOf({-100, 2}, SerialUnit::kg) == ExactMass::kg(-1));
    BOOST_TEST(massOf({5025, 3}, SerialUnit::lb) == ExactMass::parse("5.025", MassUnit::lb));
    BOOST_TEST(massOf({5, 1}, SerialUnit::g) == ExactMass::mg(500));
    BOOST_TEST(massOf({4912, 2}, SerialUnit::t) == ExactMass::kg(49'120));
    BOOST_TEST(massOf({500, -2}, SerialUnit::kg) == ExactMass::kg(50'000));
    // Half of 10 ug goes away from zero.
    BOOST_TEST(massOf({5, 6}, SerialUnit::g) == ExactMass::tenUg(1));
    BOOST_TEST(massOf({-5, 6}, SerialUnit::g) == ExactMass::tenUg(-1));
    BOOST_TEST(massOf({4, 6}, SerialUnit::g) == ExactMass{});
}

BOOST_AUTO_TEST_CASE(what_no_mass_can_hold_is_none) {
    // 999 999 times 100 t is 1e19 times 10 ug.
    BOOST_TEST(!massOf({999'999, -2}, SerialUnit::t).has_value());
    BOOST_TEST(!massOf({999'999'999'999, 0}, SerialUnit::t).has_value());
    BOOST_TEST(massOf({999'999, -2}, SerialUnit::kg) == ExactMass::kg(99'999'900));
}

BOOST_DATA_TEST_CASE(digits_come_back_from_their_mass,
                     bdata::make({SerialUnit::kg, SerialUnit::lb, SerialUnit::g, SerialUnit::t}) *
                         bdata::xrange(-2, 5) * bdata::make({0, 1, -20, 4912, 99'999}),
                     unit, decimals, digits) {
    const auto mass = massOf({digits, decimals}, unit);
    BOOST_TEST(mass.has_value());
    BOOST_TEST(digitsOf(*mass, decimals, unit).value() == digits);
}

BOOST_AUTO_TEST_CASE(zeros_fill_the_width_and_nothing_is_cut) {
    BOOST_TEST(zeroPadded(1220, 6).value() == "001220");
    BOOST_TEST(zeroPadded(0, 6).value() == "000000");
    BOOST_TEST(zeroPadded(999'999, 6).value() == "999999");
    BOOST_TEST(!zeroPadded(1'000'000, 6).has_value());
    BOOST_TEST(!zeroPadded(-1, 6).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

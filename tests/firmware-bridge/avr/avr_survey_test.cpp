// Tests for firmware-bridge/avr/avr_survey.h
// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/avr/avr_survey.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace jh {
namespace {

namespace bdata = boost::unit_test::data;

/// Instructions as avr-objdump prints their words, with r20 holding 0x20.
struct Look {
    std::string instructions;
    std::vector<unsigned> words;
    int bits;  ///< -1: nobody knows
    friend std::ostream& operator<<(std::ostream& os, const Look& l) {
        return os << l.instructions;
    }
};
const Look looks[] = {
    {"sbic 9, 2", {0x994A}, 0x04},
    {"sbis 9, 7", {0x9B4F}, 0x80},
    {"sbi 9, 2 toggles", {0x9A4A}, 0x00},
    {"in r18, 9; bst r18, 3", {0xB129, 0xFB23}, 0x08},
    {"in r24, 9; andi r24, 0x0C", {0xB189, 0x708C}, 0x0C},
    {"in r24, 9; sbrs r24, 5", {0xB189, 0xFF85}, 0x20},
    {"in r24, 9; lsr; lsr; andi r24, 1", {0xB189, 0x9586, 0x9586, 0x7081}, 0x04},
    {"in r24, 9; mov r18, r24; sbrc r18, 1", {0xB189, 0x2F28, 0xFD21}, 0x02},
    {"ld r24, Z; and r24, r20", {0x8180, 0x2384}, 0x20},
    {"lds r24, 0x0106; and r20, r24", {0x9180, 0x0106, 0x2348}, 0x20},
    {"in r24, 9; ret", {0xB189, 0x9508}, -1},
    {"in r24, 9; rjmp", {0xB189, 0xCFFE}, -1},
};
BOOST_AUTO_TEST_SUITE(avr_survey)

BOOST_DATA_TEST_CASE(the_pins_that_a_program_looks_at_are_found, bdata::make(looks), look) {
    std::vector<std::uint8_t> flash, data(64);
    for (const unsigned word : look.words) {
        flash.push_back(static_cast<std::uint8_t>(word));
        flash.push_back(static_cast<std::uint8_t>(word >> 8U));
    }
    data[20] = 0x20;
    avr_t avr{};
    avr.flash = flash.data();
    avr.flashend = static_cast<std::uint32_t>(flash.size() - 1);
    avr.data = data.data();
    const BitsRead read = bitsRead(avr, 0);
    BOOST_TEST(read.exact == (look.bits >= 0));
    if (read.exact) BOOST_TEST(int{read.bits} == look.bits);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jh

// Tests for hil/report/vcd_file.h
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/report/vcd_file.h"

#include <iterator>

#include <boost/test/unit_test.hpp>

namespace jh {
namespace {

std::string textOf(const std::filesystem::path& file) {
    std::ifstream in{file};
    return {std::istreambuf_iterator<char>{in}, {}};
}

BOOST_AUTO_TEST_SUITE(vcd_file)

BOOST_AUTO_TEST_CASE(changes_stand_in_the_order_of_time) {
    const auto file = std::filesystem::temp_directory_path() / "jh_vcd_file_test.vcd";
    VcdFile vcd{file, {{"pins", "PD3", 1, 0}, {"lamps", "net kg", 1, 1}, {"lamps", "byte", 4, {}}}};
    vcd.change(20ns, 1, 0);
    vcd.change(10ns, 0, 1);
    vcd.change(10ns, 2, 5);
    vcd.change(15ns, 0, 1);  // nothing new
    vcd.upTo(12ns);
    vcd.change(5ns, 2, {});  // too late: it counts from 12 ns on
    BOOST_TEST(vcd.finish(30ns));
    BOOST_TEST(textOf(file) ==
               "$version Jianheng $end\n$timescale 1 ns $end\n"
               "$scope module pins $end\n$var wire 1 ! PD3 $end\n$upscope $end\n"
               "$scope module lamps $end\n$var wire 1 \" net_kg $end\n"
               "$var wire 4 # byte [3:0] $end\n$upscope $end\n$enddefinitions $end\n"
               "#0\n$dumpvars\n0!\n1\"\nbzzzz #\n$end\n"
               "#10\n1!\nb0101 #\n#12\nbzzzz #\n#20\n0\"\n#30\n");
    std::filesystem::remove(file);
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_written_is_told) {
    VcdFile vcd{"/nowhere/x.vcd", {}};
    BOOST_TEST(!vcd.finish(1ns));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jh

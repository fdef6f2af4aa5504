// Tests for firmware-bridge/image/firmware_image.h
// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware-bridge/image/firmware_image.h"

#include <string_view>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace jh {
namespace {

namespace bdata = boost::unit_test::data;

FirmwareImage read(std::string_view text, std::string& problem) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    return readFirmware({bytes, text.size()}, problem);
}

BOOST_AUTO_TEST_SUITE(firmware_image)

// The record of the format's own description, with the base of both kinds before it.
BOOST_AUTO_TEST_CASE(hex_records_stand_at_their_addresses) {
    std::string problem;
    const FirmwareImage image = read(
        ":0B0010006164647265737320676170A7\r\n"
        ":020000021000EC\n:020004000102F7\n"
        ":020000040001F9\n:01000000AA55\n:00000001FF\n",
        problem);
    BOOST_TEST(problem == "");
    BOOST_TEST_REQUIRE(image.flash.size() == 0x10006U);
    BOOST_TEST((std::string{image.flash.begin() + 16, image.flash.begin() + 27}) == "address gap");
    BOOST_TEST(int{image.flash[0]} == 0xFF);
    BOOST_TEST(int{image.flash[0x10004]} == 0x01);
    BOOST_TEST(int{image.flash[0x10000]} == 0xAA);
}

struct Bad {
    std::string text, problem;
    friend std::ostream& operator<<(std::ostream& os, const Bad& b) { return os << b.problem; }
};
const Bad bad[] = {
    {"", "neither an ELF file nor an Intel HEX file"},
    {"int main() {}", "neither an ELF file nor an Intel HEX file"},
    {":00000001FF\n", "it holds no program"},
    {":0B0010006164647265737320676170A7\n", "the record that ends a HEX file is missing"},
    {":0B0010006164647265737320676170A8\n", "line 1: its checksum is wrong"},
    {":00000001FF\n:", "it holds no program"},
    {":0B00100061\n", "line 1: its length is not the one it tells"},
    {":0B0010006164647265737320676170A\n", "line 1: no pairs of hexadecimal digits"},
    {":01000000AA55\nhello\n", "line 2: a record begins with a colon"},
    {":0000000AF6\n", "line 1: a record of a kind that Intel HEX does not have"},
    {":020000040800F2\n:01000000AA55\n", "line 2: it lies beyond the flash"},
    {"\177ELF and no more", "an ELF file that cannot be read"},
};
BOOST_DATA_TEST_CASE(a_file_that_is_none_says_why, bdata::make(bad), b) {
    std::string problem;
    read(b.text, problem);
    BOOST_TEST(problem == b.problem);
}

BOOST_AUTO_TEST_CASE(a_place_is_named_by_its_function) {
    FirmwareImage image;
    BOOST_TEST(image.functionAt(0x100) == "");
    image.functions = {{0x80, "main"}, {0x120, "read_adc"}};
    BOOST_TEST(image.functionAt(0x7F) == "");
    BOOST_TEST(image.functionAt(0x80) == "main");
    BOOST_TEST(image.functionAt(0x11E) == "main+158");
    BOOST_TEST(image.functionAt(0x200) == "read_adc+224");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jh

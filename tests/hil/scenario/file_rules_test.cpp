// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/scenario/document.h and text_file.h: what is no proper file at all
#include <boost/test/unit_test.hpp>

#include "hil/scenario/load.h"
#include "tests/hil/scenario/folder.h"

using namespace jh;
using test::listing;

namespace {

struct InFolder {
    test::Folder folder;
    std::string check(const std::string& text) {
        return listing(checkFile(folder.write("x.yaml", text)));
    }
};

std::string repeated(const std::string& part, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += part;
    return out;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(file_rules, InFolder)

BOOST_AUTO_TEST_CASE(a_missing_file_and_a_directory_are_named) {
    BOOST_TEST(listing(checkFile(folder.path() / "none.yaml")) == "0:0: no such file\n");
    BOOST_TEST(listing(checkFile(folder.path())) == "0:0: is a directory, not a file\n");
    BOOST_TEST(listing(checkFile("/dev/zero")) == "0:0: is not a regular file\n");
    BOOST_TEST(!loadScenario(folder.path()).has_value());
    BOOST_TEST(!loadScale(folder.path()).has_value());
}

BOOST_AUTO_TEST_CASE(a_file_of_100_MB_is_refused_unread) {
    const auto file = folder.write("huge.yaml", "");
    std::filesystem::resize_file(file, 100'000'000);
    BOOST_TEST(listing(checkFile(file)) == "0:0: larger than 1 MiB; not read\n");
}

BOOST_AUTO_TEST_CASE(deep_nesting_is_refused_before_it_is_followed) {
    for (const char* opening : {"[", "- ", "{a: ", "? ", "[\"]\", "}) {
        const std::string problem = check(repeated(opening, 150'000));
        BOOST_TEST_INFO(opening << " gives " << problem);
        BOOST_TEST(problem.find("nested deeper than 32 levels\n") != problem.npos);
    }
    BOOST_TEST(check(repeated("- ", 300'000)) == "1:65: nested deeper than 32 levels\n");
}

BOOST_AUTO_TEST_CASE(what_is_not_yaml_is_named_with_its_place) {
    BOOST_TEST(check("jianheng: scale\ntitle: [a, b\n").starts_with("3:1: not YAML: "));
    BOOST_TEST(check("jianheng: scale\n  title: x\n") == "2:8: not YAML: illegal map value\n");
    BOOST_TEST(check("") == "0:0: holds no YAML document\n");
    BOOST_TEST(check("just words").starts_with("1:1: expected a map with"));
    BOOST_TEST(check("jianheng: site\n---\na: 1\n").find("a second YAML document") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(bytes_that_are_not_text_are_named_with_their_place) {
    BOOST_TEST(check("jianheng: site\ntitle: caf\xe9\n") == "2:11: not UTF-8 text\n");
    BOOST_TEST(check(std::string("a\0b", 3)) == "1:2: not UTF-8 text\n");
    BOOST_TEST(check("jianheng: scale\ntitle: \xc0\xaf\n") == "2:8: not UTF-8 text\n");
}

BOOST_AUTO_TEST_CASE(anchors_aliases_and_tags_are_refused) {
    BOOST_TEST(check("jianheng: site\ngravity: &g 9.8 m/s^2\n") ==
               "2:10: an anchor (&name) is not allowed\n");
    BOOST_TEST(check("jianheng: site\ngravity: &g 9.8 m/s^2\ntemperature: *g\n")
                   .find("3:14: an alias (*name) is not allowed") != std::string::npos);
    BOOST_TEST(check("jianheng: site\ngravity: !!str 9.8 m/s^2\n").find("2:10: a tag") == 0u);
}

BOOST_AUTO_TEST_CASE(a_key_stands_only_once) {
    BOOST_TEST(check("jianheng: site\ngravity: 9.8 m/s^2\ngravity: 9.81 m/s^2\n") ==
               "3:1: key 'gravity' stands here a second time; first in line 2\n");
}

BOOST_AUTO_TEST_CASE(a_file_names_its_kind) {
    BOOST_TEST(
        check("gravity: 9.8 m/s^2\n").starts_with("1:1: jianheng: `jianheng: KIND` is missing"));
    BOOST_TEST(check("jianheng: scael\n").find("(did you mean 'scale'?)") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(endless_lists_are_refused) {
    BOOST_TEST(check("jianheng: site\nx: [" + repeated("1,", 100'000) + "1]\n") ==
               "2:2005: more than 1000 entries\n");
}

BOOST_AUTO_TEST_SUITE_END()

// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/scenario/sources.h: references, bases and where their problems are reported
#include <boost/test/unit_test.hpp>

#include "hil/scenario/load.h"
#include "tests/hil/scenario/folder.h"

using namespace jh;

namespace {

struct InFolder {
    test::Folder folder;
    /// A run whose scale is this file.
    std::string run(const std::string& scale) {
        return "jianheng: scenario\nextends: verifications/100t-jjg539-initial.yaml\nscale: " +
               scale + "\n";
    }
    std::string scale(const std::string& lines) {
        return "jianheng: scale\nextends: scales/100t-18x3-8c.yaml\n" + lines;
    }
    /// "file:line:column: ..." with the file's name only.
    std::string check(const std::string& name) {
        std::string out;
        for (Diagnostic d : checkFile(folder.path() / name)) {
            d.file = std::filesystem::path{d.file}.filename().string();
            out += d.text() + '\n';
        }
        return out;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(composition, InFolder)

BOOST_AUTO_TEST_CASE(a_neighbour_comes_before_the_shipped_data) {
    folder.write("mine.yaml", scale("title: mine\n"));
    const auto read = loadScenario(folder.write("run.yaml", run("mine.yaml")));
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST(read->scale.title == "mine");
    BOOST_TEST(read->scale.deck.length().si() == 18.0);
    BOOST_TEST(read->name == "run");
}

BOOST_AUTO_TEST_CASE(a_problem_points_into_the_file_that_holds_the_key) {
    folder.write("mine.yaml", scale("deck:\n  width: 3\n"));
    folder.write("run.yaml", run("mine.yaml") + "seed: x\n");
    BOOST_TEST(check("run.yaml") ==
               "mine.yaml:4:10: deck.width: '3' has no unit; expected one of: m, mm\n"
               "run.yaml:4:7: seed: 'x' is not a whole number from 0 to 18446744073709551615\n");
}

BOOST_AUTO_TEST_CASE(a_missing_reference_names_the_nearest_file) {
    folder.write("run.yaml", run("scales/100t-18x3-8d.yaml"));
    const std::string text = check("run.yaml");
    BOOST_TEST(text.starts_with("run.yaml:3:8: scale: no such file: neither "));
    BOOST_TEST(text.ends_with("(did you mean 'scales/100t-18x3-8c.yaml'?)\n"));
}

BOOST_AUTO_TEST_CASE(a_circle_is_named_link_by_link) {
    folder.write("a.yaml", "jianheng: scale\nextends: b.yaml\n");
    folder.write("b.yaml", "jianheng: scale\nextends: c.yaml\n");
    folder.write("c.yaml", "jianheng: scale\nextends: a.yaml\n");
    folder.write("run.yaml", run("a.yaml"));
    BOOST_TEST(check("run.yaml") ==
               "c.yaml:2:10: extends: cyclic reference: a.yaml -> b.yaml -> c.yaml -> a.yaml\n");
    folder.write("self.yaml", "jianheng: scenario\nextends: self.yaml\n");
    BOOST_TEST(check("self.yaml") ==
               "self.yaml:2:10: extends: cyclic reference: self.yaml -> self.yaml\n");
}

BOOST_AUTO_TEST_CASE(a_reference_to_another_kind_of_file_is_refused) {
    folder.write("run.yaml", run("sites/reference.yaml"));
    BOOST_TEST(check("run.yaml") ==
               "reference.yaml:3:11: jianheng: this is a site file where a scale file is needed\n");
    folder.write("list.yaml", run("[1, 2]"));
    BOOST_TEST(check("list.yaml") == "list.yaml:3:8: scale: expected the name of a file\n");
}

BOOST_AUTO_TEST_CASE(an_endless_chain_is_cut) {
    const auto name = [](int i) { return std::to_string(i) + ".yaml"; };
    for (int i = 0; i < 20; ++i) {
        folder.write(name(i), "jianheng: scale\nextends: " + name(i + 1) + '\n');
    }
    BOOST_TEST(check("0.yaml").starts_with("7.yaml:2:10: extends: too long a chain: 0.yaml -> "));
}

BOOST_AUTO_TEST_SUITE_END()

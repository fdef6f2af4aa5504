// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/scenario/catalogue.h
#include "hil/scenario/catalogue.h"

#include <boost/test/unit_test.hpp>

#include "hil/scenario/load.h"
#include "tests/hil/scenario/folder.h"

namespace fs = std::filesystem;
using namespace jh;

namespace {

const fs::path shippedData{JH_SHIPPED};

/// A scenario with this fault; the message is empty when it is accepted.
std::string problemsWith(const FaultKind& kind, const std::string& parameter,
                         const std::string& value) {
    std::string fault = "{kind: " + kind.kind;
    for (const FaultParameter& p : kind.parameters) {
        fault += ", " + p.key + ": " +
                 (p.key == parameter ? value
                  : p.unit.empty()   ? "2L"
                                     : p.most);
    }
    const std::string text =
        "jianheng: scenario\nextends: verifications/100t-jjg539-initial.yaml\n"
        "faults: [" +
        fault + "}]\n";
    const auto read = parseScenario(text, "fault.yaml", shippedData);
    return read ? "" : test::listing(read.error());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(catalogue)

BOOST_AUTO_TEST_CASE(its_bounds_are_those_of_the_loader) {
    const auto kinds = loadFaultCatalogue(shippedData / "faults/catalogue.yaml");
    BOOST_REQUIRE(kinds.has_value());
    BOOST_TEST(kinds->size() == 5u);
    for (const FaultKind& kind : *kinds) {
        for (const FaultParameter& p : kind.parameters) {
            if (p.unit.empty()) continue;
            BOOST_TEST_CONTEXT(kind.kind << '.' << p.key) {
                BOOST_TEST(problemsWith(kind, p.key, p.least) == "");
                BOOST_TEST(problemsWith(kind, p.key, p.most) == "");
                const std::string number = p.most.substr(0, p.most.find(' '));
                const std::string beyond = number + ".001 " + p.unit;
                BOOST_TEST(problemsWith(kind, p.key, beyond).find("out of range") !=
                           std::string::npos);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(a_file_says_what_it_is) {
    const auto scale = describeFile(shippedData / "scales/100t-18x3-8c.yaml");
    BOOST_REQUIRE(scale.has_value());
    BOOST_TEST(scale->kind == "scale");
    BOOST_TEST(scale->title == "100 t / 20 kg, 18 x 3 m, 3 modules, 8 cells");
    const auto sick = describeFile(shippedData / "verifications/100t-sick-3-hysteresis.yaml");
    BOOST_REQUIRE(sick.has_value());
    BOOST_TEST(sick->kind == "scenario");
    BOOST_TEST(!sick->titleZh.empty());
    BOOST_TEST(!describeFile(shippedData / "nothing.yaml").has_value());
}

BOOST_AUTO_TEST_SUITE_END()

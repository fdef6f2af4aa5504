// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/scenario/catalogue.h and scenarios/faults/
#include "hil/scenario/catalogue.h"

#include <algorithm>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <set>

#include "hil/scenario/describe.h"
#include "hil/scenario/load.h"
#include "tests/hil/scenario/folder.h"

namespace bdata = boost::unit_test::data;
namespace fs = std::filesystem;
using namespace jh;

namespace {

const fs::path shippedData{JH_SHIPPED};

/// A scenario with this fault; the message is empty when it is accepted.
std::string problemsWith(const std::string& fault) {
    const auto read = parseScenario(
        "jianheng: scenario\nextends: verifications/100t-jjg539-initial.yaml\nfaults: [{" + fault +
            "}]\n",
        "fault.yaml", shippedData);
    return read ? "" : test::listing(read.error());
}

const std::vector<CatalogueFault>& shippedFaults() {
    static const auto faults = loadFaultCatalogue(shippedData / "faults/catalogue.yaml");
    static const std::vector<CatalogueFault> none;
    return faults ? *faults : none;
}

/// A value that the loader takes for a size without bounds: the name of a part, or what is typical.
std::string filling(const Parameter& p) {
    if (!p.least.empty()) return p.most;
    return p.value.empty() ? "2L" : p.value;
}

/// The kind with every size set, one of them to this value. Faults of weights, joints, lines and
/// digital cells are bound by the scale besides.
std::string faultOf(const std::string& kind, const std::string& key, const std::string& value) {
    std::string fault = "kind: " + kind;
    for (const Parameter& p : faultParameters(kind)) {
        fault += ", " + p.key + ": " + (p.key == key ? value : filling(p));
    }
    return fault;
}

bool needsDigitalCells(const CatalogueFault& fault) {
    return fault.kind == "addresses_swapped" || fault.kind == "cell_silent";
}

bool waitsForVehicle(const CatalogueFault& fault) {
    const auto from = fault.typical.find("from");
    return from != fault.typical.end() && from->second == "axle_on_deck";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(catalogue)

BOOST_AUTO_TEST_CASE(it_holds_every_row_once) {
    BOOST_TEST(shippedFaults().size() == 96u);
    std::set<std::string> ids;
    std::set<int> numbers;
    for (const CatalogueFault& fault : shippedFaults()) {
        ids.insert(fault.id);
        numbers.insert(fault.number);
        BOOST_TEST(fault.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") ==
                       std::string::npos,
                   fault.id);
        BOOST_TEST(!fault.titleZh.empty(), fault.id);
    }
    BOOST_TEST(ids.size() == 96u);
    BOOST_TEST(numbers.size() == 96u);
    BOOST_TEST(*numbers.begin() == 1);
    BOOST_TEST(*numbers.rbegin() == 96);
}

BOOST_AUTO_TEST_CASE(every_kind_is_in_it_and_has_a_name_of_its_own) {
    std::set<std::string> kinds, names;
    for (const CatalogueFault& fault : shippedFaults()) kinds.insert(fault.kind);
    BOOST_TEST(faultKindNames().size() == std::variant_size_v<Fault::What>);
    for (const std::string& name : faultKindNames()) {
        BOOST_TEST(kinds.count(name) == 1u, name);
        BOOST_TEST(names.insert(name).second, name);
    }
}

BOOST_AUTO_TEST_CASE(every_available_fault_is_one_of_a_scenario) {
    for (const CatalogueFault& fault : shippedFaults()) {
        BOOST_TEST_CONTEXT(fault.id) {
            const std::string problems = problemsWith("fault: " + fault.id);
            if (!fault.available) {
                BOOST_TEST(problems == "3:18: faults[0].fault: '" + fault.id +
                                           "' is declared, but no part of the bench can do it "
                                           "yet\n");
            } else if (needsDigitalCells(fault)) {
                BOOST_TEST(problems.find("only digital cells") != std::string::npos);
            } else if (fault.kind == "second_display") {
                BOOST_TEST(problems.find("no `second_display`") != std::string::npos);
            } else if (fault.id == "radio_interference") {
                BOOST_TEST(problems.find("no test 'radio'") != std::string::npos);
            } else if (waitsForVehicle(fault)) {
                BOOST_TEST(problems.find("no vehicle comes") != std::string::npos);
                BOOST_TEST(problemsWith("fault: " + fault.id + ", from: reading") == "");
            } else {
                BOOST_TEST(problems == "");
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(a_test_that_catches_a_fault_is_one_of_the_shipped_regulation) {
    std::set<std::string> tests;
    for (const char* name : {"100t-detection", "100t-two-displays"}) {
        const auto run =
            loadScenario(shippedData / "verifications" / (std::string{name} + ".yaml"));
        BOOST_REQUIRE(run.has_value());
        for (const TestRule& rule : run->regulation.tests) tests.insert(rule.id);
    }
    for (const CatalogueFault& fault : shippedFaults()) {
        for (const std::string& test : fault.caughtBy) {
            BOOST_TEST(tests.count(test) == 1u, fault.id << ": " << test);
        }
        BOOST_TEST((!fault.caughtBy.empty() || !fault.whyNot.empty()), fault.id);
    }
}

BOOST_AUTO_TEST_CASE(the_listed_bounds_are_those_of_the_loader) {
    for (const std::string& kind : faultKindNames()) {
        for (const Parameter& p : faultParameters(kind)) {
            if (p.least.empty()) continue;
            BOOST_TEST_CONTEXT(kind << '.' << p.key) {
                for (const std::string& bound : {p.least, p.most}) {
                    const std::string problems = problemsWith(faultOf(kind, p.key, bound));
                    BOOST_TEST(problems.find("out of range") == std::string::npos, problems);
                }
                const auto most = parseQuantity(p.most);
                BOOST_REQUIRE(most.has_value());
                // A thousandth beyond, or the next whole number.
                const double bound = most->number.toDouble().value();
                std::string beyond = std::to_string(bound + std::abs(bound) * 1e-3 + 1e-3);
                if (p.unit.empty()) beyond = std::to_string(std::lround(bound) + 1);
                const std::string problems =
                    problemsWith(faultOf(kind, p.key, beyond + ' ' + p.unit));
                BOOST_TEST(problems.find("out of range") != std::string::npos, problems);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(typical_values_are_shown_as_they_are_written) {
    const auto& faults = shippedFaults();
    const auto stone = std::find_if(faults.begin(), faults.end(), [](const CatalogueFault& f) {
        return f.id == "stone_under_girder";
    });
    BOOST_REQUIRE((stone != faults.end()));
    const auto gap = std::find_if(stone->parameters.begin(), stone->parameters.end(),
                                  [](const Parameter& p) { return p.key == "gap"; });
    BOOST_REQUIRE((gap != stone->parameters.end()));
    BOOST_TEST(gap->value == "3 mm");
    BOOST_TEST(gap->unit == "m");
    BOOST_TEST(gap->least == "0 m");
    BOOST_TEST(gap->most == "0.1 m");
}

struct Wrong {
    const char *entry, *listing;
    friend std::ostream& operator<<(std::ostream& os, const Wrong& w) { return os << w.entry; }
};
const Wrong entries[] = {
    {"kind: span_drift, typical: {change: 0.1 %}, caught_by: [weighing]", ""},
    {"kind: span_drift, typical: {change: 0.1}, caught_by: [weighing]",
     "4:173: faults[0].typical.change: '0.1' has no unit; expected one of: %, ppm\n"},
    {"kind: span_drift, typical: {}, caught_by: [weighing]",
     "4:164: faults[0].typical.change: is missing\n"},
    {"kind: span_drift, caught_by: [weighing]", "4:5: faults[0].typical: is missing\n"},
    {"available: false, caught_by: [weighing]", ""},
    {"available: false, kind: span_drift, caught_by: [weighing]",
     "4:161: faults[0].kind: a fault that nothing can do yet has no sizes\n"},
    {"available: false, caught_by: [weihging]",
     "4:167: faults[0].caught_by[0]: no such test (did you mean 'weighing'?)\n"},
    {"available: false, caught_by: []",
     "4:5: faults[0].why_not: is missing where no test catches the fault\n"},
};
BOOST_DATA_TEST_CASE(a_wrong_entry_is_named_at_its_place, bdata::make(entries), c) {
    const test::Folder folder;
    const auto file = folder.write(
        "x.yaml",
        std::string{"jianheng: faults\ntitle: x\nfaults:\n"
                    "  - {id: drift, number: 1, title: t, title_zh: z, acts_in: cell, signature: "
                    "it shows in all that is weighed, magnitude: some kilograms, "} +
            c.entry + "}\n");
    const auto read = loadFaultCatalogue(file);
    BOOST_TEST((read ? "" : test::listing(read.error())) == c.listing);
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

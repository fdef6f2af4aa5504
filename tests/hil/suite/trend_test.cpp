// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/suite/trend.h
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "hil/suite/trend.h"
#include "hil/suite/whole_file.h"
#include "tests/hil/suite/sample_suite.h"
#include "tests/support/temporary_folder.h"

using namespace jh;
using namespace jh::test;

namespace {

Merged versionOf(const std::string& version, ExactMass moved = {}) {
    Merged merged = sampleMerged(3);
    merged.plan.program.version = version;
    for (auto& [id, result] : merged.results) result.program.version = version;
    merged.results.at("s01").numbers[0].value += moved;
    return merged;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(trend)

BOOST_AUTO_TEST_CASE(versions_stand_in_their_order_with_the_largest_change) {
    const TemporaryFolder folder;
    const auto file = folder / "trend.db";
    BOOST_TEST(updateTrend(file, versionOf("1"), {3, 0, 0, 0, 0}).has_value());
    BOOST_TEST(updateTrend(file, versionOf("2", ExactMass::kg(-2)), {2, 1, 0, 0, 0}).has_value());
    // The same version again takes its own place, it adds none.
    const auto rows = updateTrend(file, versionOf("1"), {1, 1, 1, 0, 0});
    BOOST_REQUIRE_MESSAGE(rows.has_value(), (rows ? "" : rows.error()));
    BOOST_REQUIRE(rows->size() == 2U);
    BOOST_TEST((*rows)[0].program.version == "1");
    BOOST_TEST((*rows)[0].quarantined == 1);
    BOOST_TEST((*rows)[0].scenario == "");
    BOOST_TEST((*rows)[1].bad == 1);
    BOOST_TEST((*rows)[1].scenario == "s01");
    BOOST_TEST((*rows)[1].number == "zero/zero return");
    BOOST_TEST(std::abs((*rows)[1].change_e - -0.2) < 1e-12);  // -2 kg at e = 10 kg
}

BOOST_AUTO_TEST_CASE(suites_do_not_mix) {
    const TemporaryFolder folder;
    Merged other = versionOf("1");
    other.plan.suite = "other";
    BOOST_TEST(updateTrend(folder / "t.db", versionOf("1"), {}).has_value());
    BOOST_TEST(updateTrend(folder / "t.db", other, {}).value().size() == 1U);
}

BOOST_AUTO_TEST_CASE(the_last_ten_versions_are_shown) {
    const TemporaryFolder folder;
    std::size_t shown = 0;
    for (int i = 1; i <= 12; ++i) {
        const auto rows =
            updateTrend(folder / "t.db", versionOf(std::to_string(i), ExactMass::kg(i)), {});
        shown = rows.value().size();
        // Also the oldest one shown is compared with the version before.
        if (i == 12) BOOST_TEST(rows->front().scenario == "s01");
    }
    BOOST_TEST(shown == 10U);
}

BOOST_AUTO_TEST_CASE(a_file_of_another_kind_is_refused_and_left_alone) {
    const TemporaryFolder folder;
    const std::string text(5000, 'x');
    const auto file = folder.write("t.db", text);
    const auto rows = updateTrend(file, versionOf("1"), {});
    BOOST_REQUIRE(!rows.has_value());
    BOOST_TEST(rows.error().starts_with(file.string() + ": "));
    BOOST_TEST(readWhole(file).value() == text);
    BOOST_TEST(!updateTrend(folder / "none/t.db", versionOf("1"), {}).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

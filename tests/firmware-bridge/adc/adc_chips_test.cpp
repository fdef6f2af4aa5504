// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for firmware-bridge/adc/adc_chips.h, adc_chip.h and conversion_faults.h
#include "firmware-bridge/adc/adc_chips.h"

#include <boost/test/unit_test.hpp>
#include <set>

#include "chip_bench.h"
#include "firmware-bridge/adc/conversion_faults.h"

using namespace jh;

namespace {

/// Writes down what comes out of the faults.
struct Recorder final : AdcChip {
    Recorder() : AdcChip{10} {}
    std::vector<Pin> none;
    std::vector<std::pair<SimTime, std::int64_t>> got;
    const std::vector<Pin>& pins() const override { return none; }
    void conversion(SimTime at, std::int64_t code) override {
        pass(at);
        got.emplace_back(at, code);
    }
    void drive(std::size_t, bool, SimTime at) override { pass(at); }
    void advanceTo(SimTime at) override { pass(at); }
    std::optional<SimTime> wake() const override { return {}; }
    bool level(std::size_t) const override { return true; }
    void powerOn(SimTime at) override { restart(at); }
};

using Fault = ConversionFault::Kind;

/// Ten conversions, 1 at 100 ms to 10 at 1 s, and time up to 2 s.
std::vector<std::pair<SimTime, std::int64_t>> through(ConversionFaults faults) {
    Recorder chip;
    for (int i = 1; i <= 10; ++i) {
        const SimTime at = i * SimTime{100ms};
        while (faults.wake() && *faults.wake() < at) faults.advanceTo(chip, *faults.wake());
        faults.conversion(chip, at, i);
    }
    while (faults.wake()) faults.advanceTo(chip, *faults.wake());
    return chip.got;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(adc_chips)

BOOST_AUTO_TEST_CASE(every_kind_is_made_and_no_other) {
    for (const auto kind : adcChipKinds) {
        const auto chip = makeAdcChip(kind, 10);
        BOOST_REQUIRE(chip);
        std::set<std::string_view> names;
        bool output = false;
        for (std::size_t i = 0; i < chip->pins().size(); ++i) {
            const auto& pin = chip->pins()[i];
            names.insert(pin.name);
            output = output || pin.drivenByChip;
            if (pin.drivenByChip) BOOST_TEST(chip->level(i) == pin.level);
        }
        BOOST_TEST(names.size() == chip->pins().size());
        BOOST_TEST(output);
    }
    for (const char* wrong : {"", "HX711", "hx710", "cs553"}) BOOST_TEST(!makeAdcChip(wrong, 10));
    BOOST_TEST(makeAdcChip("cs5530", 10)->pins().size() == 4U);
}

BOOST_AUTO_TEST_CASE(scaling_rounds_halves_away_from_zero) {
    BOOST_TEST(scaled(5, 1, 2) == 3);
    BOOST_TEST(scaled(-5, 1, 2) == -3);
    BOOST_TEST(scaled(5, 1, 3) == 2);
    BOOST_TEST(scaled(4, 1, 3) == 1);
    BOOST_TEST(scaled(-4, 1, 3) == -1);
    BOOST_TEST(scaled(0, 7, 2) == 0);
    BOOST_TEST(scaled(1'000'000'000'000'000, 1, 128) == (std::int64_t{1} << 25));
    BOOST_TEST(limited(0x800000) == 0x7FFFFF);
    BOOST_TEST(limited(-0x800001) == -0x800000);
}

BOOST_AUTO_TEST_CASE(without_a_fault_all_goes_through) {
    const auto got = through(ConversionFaults{});
    BOOST_TEST(got.size() == 10U);
    BOOST_TEST((got[4] == std::pair<SimTime, std::int64_t>{500ms, 5}));
}

BOOST_AUTO_TEST_CASE(faults_change_codes_from_their_time_until_their_time) {
    const auto got = through(ConversionFaults{{{Fault::saturatedHigh, 200ms, 300ms, {}, {}},
                                               {Fault::saturatedLow, 300ms, 400ms, {}, {}},
                                               {Fault::stuck, 500ms, 700ms, 4711, {}},
                                               {Fault::missing, 800ms, 1s, {}, {}}}});
    BOOST_TEST(got.size() == 8U);
    BOOST_TEST(got[0].second == 1);
    BOOST_TEST(limited(got[1].second / 128) == 0x7FFFFF);
    BOOST_TEST(limited(got[2].second / 128) == -0x800000);
    BOOST_TEST(got[3].second == 4);
    BOOST_TEST(got[4].second == 4711);
    BOOST_TEST(got[5].second == 4711);
    BOOST_TEST(got[6].second == 7);
    BOOST_TEST((got[7] == std::pair<SimTime, std::int64_t>{1s, 10}));
}

BOOST_AUTO_TEST_CASE(late_conversions_come_later_and_keep_their_order) {
    const auto got = through(ConversionFaults{{{Fault::late, 300ms, 500ms, {}, 250ms}}});
    const std::pair<SimTime, std::int64_t> expected[] = {
        {100ms, 1}, {200ms, 2}, {550ms, 3}, {650ms, 4}, {650ms, 5},
        {650ms, 6}, {700ms, 7}, {800ms, 8}, {900ms, 9}, {1s, 10}};
    BOOST_REQUIRE(got.size() == 10U);
    for (std::size_t i = 0; i < 10; ++i) BOOST_TEST((got[i] == expected[i]));
}

BOOST_AUTO_TEST_CASE(the_counters_of_a_chip_show_what_was_missing) {
    auto chip = makeAdcChip("hx711", 10);
    ConversionFaults faults{{{Fault::missing, 1s, 2s, {}, {}}}};
    for (int i = 1; i <= 30; ++i) faults.conversion(*chip, i * SimTime{100ms}, 0);
    BOOST_TEST(chip->converted() == 17U);  // 30, 3 of settling, 10 missing
}

BOOST_AUTO_TEST_SUITE_END()

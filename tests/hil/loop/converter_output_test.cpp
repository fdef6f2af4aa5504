// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/loop/converter_output.h, and for faults of the converter in
// hil/loop/virtual_bench.h
#include "hil/loop/converter_output.h"

#include <array>
#include <boost/test/unit_test.hpp>
#include <utility>
#include <vector>

#include "firmware-bridge/adc/adc_chips.h"
#include "hil/loop/virtual_bench.h"
#include "tests/support/shipped.h"
#include "tests/support/simulated_bench.h"

using namespace jh;

namespace {

using Got = std::vector<std::pair<SimTime, std::int64_t>>;

/// Ten conversions, 1 at 100 ms to 10 at 1 s, with this fault from `from` until `until`.
Got through(const ConverterFault& fault, SimTime from, SimTime until) {
    ConverterOutput output;
    Got got;
    const auto takeUntil = [&](SimTime by) {
        while (const auto code = output.take(by)) got.emplace_back(code->at, code->code);
    };
    for (int i = 1; i <= 10; ++i) {
        const SimTime at = i * SimTime{100ms};
        const bool acts = at >= from && at < until;
        output.converted(at, i, acts ? std::optional{fault} : std::nullopt);
        takeUntil(at);
    }
    while (const auto next = output.next()) takeUntil(*next);
    return got;
}

/// A firmware that writes down what it gets. It sends a byte every 30 ms, so that the bench stops
/// between conversions.
class Recorder final : public FirmwareHost {
public:
    explicit Recorder(Got& got) : got_{got} {}
    void conversion(SimTime at, std::int64_t code) override {
        go(at);
        if (supplied_) got_.emplace_back(at, code);
    }
    void receive(SimTime at, std::uint8_t) override { go(at); }
    void powerOn(SimTime at) override {
        go(at);
        supplied_ = true;
    }
    void powerOff(SimTime at) override {
        go(at);
        supplied_ = false;
    }
    void runUntil(SimTime until) override { go(until); }
    SimTime runUntilByte(SimTime limit) override {
        go(std::max(now_, std::min(limit, nextByte_)));
        return now_;
    }
    std::optional<TimedByte> takeTransmitted(SimTime by) override {
        if (nextByte_ > by) return std::nullopt;
        return TimedByte{std::exchange(nextByte_, nextByte_ + SimTime{30ms}), 0x55};
    }
    SimTime byteTime() const override { return 1ms; }
    std::optional<ExactMass> unrounded(MassUnit) const override { return std::nullopt; }
    void hashInto(Hash& hash) override { hash.add(static_cast<std::uint64_t>(now_.count())); }

private:
    void go(SimTime t) {
        BOOST_TEST((t >= now_));
        now_ = std::max(now_, t);
    }
    Got& got_;
    SimTime now_{}, nextByte_{30ms};
    bool supplied_{true};
};

/// A scale at rest with a fault of its converter, and what its firmware gets.
struct FaultyBench {
    explicit FaultyBench(const ConverterFault& what, SimTime after = 1s, SimTime lasting = 1s)
        : bench{Plant{scenario.scale, scenario.site, scenario.seed, faults(what, after, lasting)},
                Ads1232Model{}, std::make_unique<Recorder>(got), Seeds{scenario.seed}} {}
    static std::vector<Fault> faults(const ConverterFault& what, SimTime after, SimTime lasting) {
        Fault fault;
        fault.what = what;
        fault.after = after;
        fault.lasting = lasting;
        return {fault};
    }
    Scenario scenario{test::shipped("30t-jjg539-initial")};
    Got got;
    VirtualBench bench;
};

Got sound(SimTime until) {
    Got got;
    const Scenario scenario = test::shipped("30t-jjg539-initial");
    VirtualBench bench{Plant{scenario.scale, scenario.site, scenario.seed}, Ads1232Model{},
                       std::make_unique<Recorder>(got), Seeds{scenario.seed}};
    bench.advanceTo(until);
    return got;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(converter_output)

BOOST_AUTO_TEST_CASE(without_a_fault_each_code_goes_through_at_once) {
    const Got got = through({}, 0s, 0s);
    BOOST_REQUIRE_EQUAL(got.size(), 10U);
    for (int i = 1; i <= 10; ++i) {
        BOOST_TEST((got[static_cast<std::size_t>(i) - 1] ==
                    std::pair<SimTime, std::int64_t>{i * SimTime{100ms}, i}));
    }
}

BOOST_AUTO_TEST_CASE(a_saturated_converter_is_at_the_end_of_any_range_and_comes_back) {
    for (const auto& [state, end] : {std::pair{ConverterState::saturatedHigh, 0x7FFFFF},
                                     std::pair{ConverterState::saturatedLow, -0x800000}}) {
        const Got got = through({state, {}}, 300ms, 500ms);
        BOOST_REQUIRE_EQUAL(got.size(), 10U);
        BOOST_TEST(got[1].second == 2);
        // At the lowest gain as at the highest.
        for (const int i : {2, 3}) {
            BOOST_TEST(limited(got[static_cast<std::size_t>(i)].second) == end);
            BOOST_TEST(limited(got[static_cast<std::size_t>(i)].second / 128) == end);
        }
        BOOST_TEST(got[4].second == 5);
    }
}

BOOST_AUTO_TEST_CASE(a_stuck_converter_stays_at_the_last_code_before) {
    const Got got = through({ConverterState::stuck, {}}, 500ms, 800ms);
    BOOST_REQUIRE_EQUAL(got.size(), 10U);
    const std::array<std::int64_t, 10> codes{1, 2, 3, 4, 4, 4, 4, 8, 9, 10};
    for (std::size_t i = 0; i < 10; ++i) BOOST_TEST(got[i].second == codes[i]);
    BOOST_TEST((got[5].first == SimTime{600ms}));
}

BOOST_AUTO_TEST_CASE(missing_conversions_are_not_made_up_for) {
    const Got got = through({ConverterState::missing, {}}, 800ms, 1s);
    BOOST_REQUIRE_EQUAL(got.size(), 8U);
    BOOST_TEST(got[6].second == 7);
    BOOST_TEST((got[7] == std::pair<SimTime, std::int64_t>{1s, 10}));
}

BOOST_AUTO_TEST_CASE(late_conversions_come_later_and_keep_their_order) {
    const Got got = through({ConverterState::late, 250ms}, 300ms, 500ms);
    const std::pair<SimTime, std::int64_t> expected[] = {
        {100ms, 1}, {200ms, 2}, {550ms, 3}, {650ms, 4}, {650ms, 5},
        {650ms, 6}, {700ms, 7}, {800ms, 8}, {900ms, 9}, {1s, 10}};
    BOOST_REQUIRE_EQUAL(got.size(), 10U);
    for (std::size_t i = 0; i < 10; ++i) BOOST_TEST((got[i] == expected[i]));
}

BOOST_AUTO_TEST_CASE(the_counters_of_a_chip_show_what_was_missing) {
    const auto chip = makeAdcChip("hx711", 10);
    ConverterOutput output;
    for (int i = 1; i <= 30; ++i) {
        const bool acts = i >= 10 && i < 20;
        const ConverterFault missing{ConverterState::missing, {}};
        output.converted(i * SimTime{100ms}, 0, acts ? std::optional{missing} : std::nullopt);
        while (const auto code = output.take(i * SimTime{100ms})) {
            chip->conversion(code->at, code->code);
        }
    }
    BOOST_TEST(chip->converted() == 17U);  // 30, 3 of settling, 10 missing
}

BOOST_AUTO_TEST_CASE(only_what_waits_is_part_of_the_state) {
    ConverterOutput output;
    const auto state = [&] {
        Hash hash;
        output.hashInto(hash);
        return hash.value();
    };
    const std::uint64_t nothing = Hash{}.value();
    output.converted(100ms, 1, std::nullopt);
    static_cast<void>(output.take(100ms));
    BOOST_TEST(state() == nothing);
    output.converted(200ms, 2, ConverterFault{ConverterState::late, 1s});
    BOOST_TEST(state() != nothing);
    output.clear();
    BOOST_TEST(state() == nothing);
}

BOOST_AUTO_TEST_CASE(a_fault_of_a_scenario_acts_for_its_time_and_changes_no_other_code) {
    const Got whole = sound(3s);
    BOOST_REQUIRE_EQUAL(whole.size(), 30U);
    for (const ConverterState state : {ConverterState::saturatedHigh, ConverterState::saturatedLow,
                                       ConverterState::stuck, ConverterState::missing}) {
        FaultyBench b{{state, {}}};
        b.bench.advanceTo(3s);
        Got rest;
        int wrong = 0;
        for (const auto& code : b.got) {
            const bool same = std::find(whole.begin(), whole.end(), code) != whole.end();
            if (same) {
                rest.push_back(code);
            } else {
                ++wrong;
                BOOST_TEST((code.first >= 1s && code.first <= 2100ms));
            }
        }
        // Noise is drawn all the same: what comes before and after is what it would have been.
        BOOST_TEST(rest.size() == 20U);
        BOOST_TEST(wrong == (state == ConverterState::missing ? 0 : 10));
    }
}

BOOST_AUTO_TEST_CASE(late_codes_come_at_their_time_while_the_bench_waits) {
    const Got whole = sound(4s);
    FaultyBench b{{ConverterState::late, 1234567us}, 0s, 1h};
    b.bench.advanceTo(1300ms);
    BOOST_TEST(b.got.empty());
    b.bench.advanceTo(1500ms);
    BOOST_TEST(b.got.size() == 2U);
    b.bench.advanceTo(4s);
    BOOST_REQUIRE_EQUAL(b.got.size(), 27U);
    for (std::size_t i = 0; i < b.got.size(); ++i) {
        BOOST_TEST((b.got[i].first == whole[i].first + SimTime{1234567us}));
        BOOST_TEST(b.got[i].second == whole[i].second);
    }
}

BOOST_AUTO_TEST_CASE(late_codes_come_at_their_time_while_the_bench_listens) {
    const Got whole = sound(4s);
    FaultyBench b{{ConverterState::late, 1234567us}, 0s, 1h};
    while (b.bench.now() < SimTime{4s}) static_cast<void>(b.bench.hear(10ms));
    BOOST_REQUIRE(b.got.size() >= 27U);
    for (std::size_t i = 0; i < 27; ++i) {
        BOOST_TEST((b.got[i].first == whole[i].first + SimTime{1234567us}));
        BOOST_TEST(b.got[i].second == whole[i].second);
    }
}

BOOST_AUTO_TEST_CASE(what_was_on_its_way_is_lost_with_the_supply) {
    FaultyBench b{{ConverterState::late, 500ms}, 0s, 1h};
    b.bench.advanceTo(1s);
    BOOST_TEST(b.got.size() == 5U);
    BOOST_TEST(b.bench.switchSupply(false).has_value());
    b.bench.advanceTo(1200ms);
    BOOST_TEST(b.bench.switchSupply(true).has_value());
    b.bench.advanceTo(2s);
    BOOST_REQUIRE_EQUAL(b.got.size(), 8U);
    BOOST_TEST((b.got[5].first == SimTime{1800ms}));  // of the first conversion with supply again
}

BOOST_AUTO_TEST_CASE(a_fault_set_on_the_bench_acts_at_once_and_is_taken_away) {
    Got got;
    const Scenario scenario = test::shipped("30t-jjg539-initial");
    VirtualBench bench{Plant{scenario.scale, scenario.site, scenario.seed}, Ads1232Model{},
                       std::make_unique<Recorder>(got), Seeds{scenario.seed}};
    bench.advanceTo(1s);
    bench.converterFault = ConverterFault{ConverterState::missing, {}};
    bench.advanceTo(2s);
    BOOST_TEST(got.size() == 10U);
    bench.converterFault.reset();
    bench.advanceTo(3s);
    BOOST_TEST(got.size() == 20U);
}

BOOST_AUTO_TEST_SUITE_END()

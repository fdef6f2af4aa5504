// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/indicator/simulated_source.h, source_profile.h
#include "hil/indicator/simulated_source.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "hil/scenario/load.h"

using namespace jh;

namespace {

SourceProfile shippedSource(const char* name) {
    return loadSignalSource(dataFolder() / "sources" / (std::string{name} + ".yaml")).value();
}

constexpr double exact = 1e-12;

}  // namespace

BOOST_AUTO_TEST_SUITE(simulated_source)

BOOST_AUTO_TEST_CASE(what_is_asked_for_comes_out_to_half_a_step) {
    SourceProfile profile = shippedSource("bridge-simulator-24bit");
    profile.settling = {};
    profile.offset = BridgeRatio{3e-7};
    profile.gainError = 2e-4;
    SimTime now{};
    SimulatedSource source{profile, [&now] { return now; }};
    for (const double wanted : {0.0, 1e-4, 1.234567891e-3, 2.9e-3}) {
        const auto steps = static_cast<std::int32_t>(sourceSteps(profile, BridgeRatio{wanted}));
        const std::uint16_t words[] = {static_cast<std::uint16_t>(steps >> 16),
                                       static_cast<std::uint16_t>(steps & 0xFFFF)};
        BOOST_TEST(
            (source.write(ModbusTable::holdingRegisters, 0, words) == ModbusException::none));
        BOOST_TEST(std::abs(source.output().si() - wanted) <= 0.5001 * profile.step.si());
        std::uint16_t back[2]{};
        BOOST_TEST((source.read(ModbusTable::holdingRegisters, 0, back) == ModbusException::none));
        BOOST_TEST(back[0] == words[0]);
        BOOST_TEST(back[1] == words[1]);
    }
}

BOOST_AUTO_TEST_CASE(it_settles_and_whoever_hangs_at_it_is_told_before) {
    SourceProfile profile = shippedSource("bridge-simulator-24bit");
    SimTime now{};
    SimulatedSource source{profile, [&now] { return now; }};
    double before = -1.0;
    source.beforeChange = [&] { before = source.output().si(); };
    now = 1s;
    const std::uint16_t words[] = {0x0098, 0x9680};  // ten million steps of 0.2 nV/V: 2 mV/V
    source.write(ModbusTable::holdingRegisters, 0, words);
    BOOST_TEST(before == 0.0);
    BOOST_TEST(source.output().si() == 0.0);
    // Five time constants in its 20 ms.
    now += 4ms;
    BOOST_TEST(source.output().si() == 2e-3 * (1.0 - std::exp(-1.0)),
               boost::test_tools::tolerance(1e-9));
    now += 16ms;
    BOOST_TEST(source.output().si() == 2e-3, boost::test_tools::tolerance(exact));
}

BOOST_AUTO_TEST_CASE(beyond_its_range_it_refuses_and_we_do_not_ask) {
    const SourceProfile profile = shippedSource("dac-16bit-10mv");
    SimulatedSource source{profile, [] { return SimTime{}; }};
    BOOST_TEST(sourceSteps(profile, BridgeRatio{-1.0}) == 0);
    BOOST_TEST(sourceSteps(profile, BridgeRatio{1.0}) == 65'536);
    std::uint16_t word = 0xFFFF;
    BOOST_TEST(
        (source.write(ModbusTable::holdingRegisters, 0, {&word, 1}) == ModbusException::none));
    BOOST_TEST(
        (source.write(ModbusTable::holdingRegisters, 1, {&word, 1}) == ModbusException::address));
}

BOOST_AUTO_TEST_CASE(a_source_that_errs_still_takes_all_of_its_range) {
    SourceProfile profile = shippedSource("bridge-simulator-24bit");
    profile.settling = {};
    profile.gainError = 200e-6;
    SimulatedSource source{profile, [] { return SimTime{}; }};
    // Asked for 3 mV/V it gives 3.0006: it does not know.
    const auto most = std::llround(profile.most / profile.step);
    BOOST_TEST((source.write(ModbusTable::holdingRegisters, 0, sourceWords(profile, most)) ==
                ModbusException::none));
    BOOST_TEST(source.output().si() == 3.0006e-3, boost::test_tools::tolerance(exact));
    BOOST_TEST((source.write(ModbusTable::holdingRegisters, 0, sourceWords(profile, most + 2)) ==
                ModbusException::value));
    // We ask for no more, where its errors taken out would want it.
    profile.gainError = -200e-6;
    BOOST_TEST(sourceSteps(profile, profile.most) == most);
}

BOOST_AUTO_TEST_CASE(a_reference_at_its_terminals_is_read_as_input_registers) {
    SourceProfile profile = shippedSource("bridge-simulator-24bit");
    profile.settling = {};
    profile.offset = BridgeRatio{-1e-6};
    SimulatedSource source{profile, [] { return SimTime{}; }};
    BOOST_TEST(source.speaks(4));
    std::uint16_t words[2]{};
    BOOST_TEST((source.read(ModbusTable::inputRegisters, 0, words) == ModbusException::none));
    // -1e-6 in steps of 1e-11: -100,000.
    BOOST_TEST(words[0] == 0xFFFE);
    BOOST_TEST(words[1] == 0x7960);
    BOOST_TEST(
        (source.read(ModbusTable::inputRegisters, 1, {words, 1}) == ModbusException::address));
}

BOOST_AUTO_TEST_CASE(warmth_moves_its_gain_and_the_excitation_against_it) {
    SourceProfile profile = shippedSource("bridge-simulator-24bit");
    profile.settling = {};
    profile.gainDrift_per_K = 5e-6;
    profile.excitationDrift_per_K = 25e-6;
    SimulatedSource source{profile, [] { return SimTime{}; }};
    source.write(ModbusTable::holdingRegisters, 0, sourceWords(profile, 10'000'000));
    int told = 0;
    source.beforeChange = [&told] { ++told; };
    source.warm(10.0);
    BOOST_TEST(told == 1);
    BOOST_TEST(source.output().si() == 2e-3 * 1.00005, boost::test_tools::tolerance(exact));
    profile.ratiometric = false;
    BOOST_TEST(source.output().si() == 2e-3 * 1.00005 / 1.00025,
               boost::test_tools::tolerance(exact));
    source.warm(0.0);
    BOOST_TEST(source.output().si() == 2e-3, boost::test_tools::tolerance(exact));
}

BOOST_AUTO_TEST_SUITE_END()
